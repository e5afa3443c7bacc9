import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEmulator } from '../emulator.js';

const issue = z.object({ id: z.string(), title: z.string().describe('In one line') });

async function scriptsConfig(emulator: ReturnType<typeof createEmulator>, query = '') {
    const headers = { authorization: `Bearer ${emulator.apiKey}` };
    const response = await emulator.fetch(new Request(`http://localhost/scripts/config${query}`, { headers }));
    return response.json();
}

function withIntegration() {
    return createEmulator({ seed: { integrations: [{ provider: 'github', unique_key: 'my-github' }] } });
}

describe('a definition with JSON schemas', () => {
    it('is shown by /scripts/config as the vendor’s command deploys it', async () => {
        const emulator = withIntegration();
        emulator.defineSync('my-github', 'fetch-issues', {
            models: { Issue: z.toJSONSchema(issue), Tag: { type: 'string' } },
            metadata: { type: 'object', properties: { owner: { type: 'string' } }, required: ['owner'] },
            run: () => [],
        });
        emulator.defineAction('my-github', 'create-issue', {
            input: z.toJSONSchema(issue.omit({ id: true })),
            output: z.toJSONSchema(issue),
            run: () => ({}),
        });
        const [{ syncs, actions }] = await scriptsConfig(emulator);
        const title = { type: 'string', description: 'In one line' };
        const object = (properties: object) => ({
            type: 'object',
            properties,
            required: Object.keys(properties),
            additionalProperties: false,
        });
        expect(syncs[0]).toMatchObject({
            input: 'SyncMetadata_my_github_fetch_issues',
            returns: ['Issue', 'Tag'],
            json_schema: {
                definitions: {
                    Issue: object({ id: { type: 'string' }, title }),
                    Tag: { type: 'string' },
                    SyncMetadata_my_github_fetch_issues: {
                        type: 'object',
                        properties: { owner: { type: 'string' } },
                        required: ['owner'],
                    },
                },
            },
        });
        expect(actions[0]).toMatchObject({
            input: 'ActionInput_my_github_create_issue',
            returns: ['ActionOutput_my_github_create_issue'],
        });
        expect(actions[0].json_schema).toEqual({
            definitions: {
                ActionInput_my_github_create_issue: object({ title }),
                ActionOutput_my_github_create_issue: object({ id: { type: 'string' }, title }),
            },
        });
        const { data } = await scriptsConfig(emulator, '?format=openai');
        expect(data.find(({ name }: { name: string }) => name === 'create-issue').parameters).toEqual({
            type: 'object',
            properties: { title },
            required: ['title'],
        });
    });

    it('keeps what names of models meant before', async () => {
        const emulator = withIntegration();
        emulator.defineSync('my-github', 'files', { model: ['File', 'Folder'], models: { File: true }, run: () => [] });
        emulator.defineAction('my-github', 'rename', {
            input: 'Rename',
            output: { type: 'null' },
            jsonSchema: { $schema: 'x', definitions: { Rename: { type: 'object' } } },
            run: () => null,
        });
        emulator.defineAction('my-github', 'touch', () => null);
        const [{ syncs, actions }] = await scriptsConfig(emulator);
        expect(syncs[0]).toMatchObject({ returns: ['File', 'Folder'], json_schema: { definitions: { File: true } } });
        expect(syncs[0]).not.toHaveProperty('input');
        expect(actions[0]).toMatchObject({
            input: 'Rename',
            returns: ['ActionOutput_my_github_rename'],
            json_schema: {
                $schema: 'x',
                definitions: { Rename: { type: 'object' }, ActionOutput_my_github_rename: { type: 'null' } },
            },
        });
        expect(actions[1]).toMatchObject({ returns: [], json_schema: null });
    });

    it.each<[string, (emulator: ReturnType<typeof withIntegration>) => unknown, RegExp]>([
        [
            'a schema of a library',
            (emulator) => emulator.defineSync('my-github', 'files', { models: { File: issue as never }, run: () => [] }),
            /schema of File of files is one of a library.*toJSONSchema/,
        ],
        [
            'a list',
            (emulator) => emulator.defineAction('my-github', 'rename', { input: [] as never, run: () => null }),
            /must be a JSON schema/,
        ],
        [
            'a schema of another model',
            (emulator) => emulator.defineSync('my-github', 'files', { model: 'File', models: { Fiel: {} }, run: () => [] }),
            /has a schema of Fiel, which is none of its models/,
        ],
        ['no model', (emulator) => emulator.defineSync('my-github', 'files', { models: {}, run: () => [] }), /needs a model/],
        [
            'a model whose name the server refuses',
            (emulator) => emulator.defineSync('my-github', 'files', { models: { file: {} }, run: () => [] }),
            /"file" is no name of a model/,
        ],
    ])('is refused with %s', (_what, define, message) => {
        expect(() => define(withIntegration())).toThrow(message);
    });
});
