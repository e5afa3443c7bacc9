import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay } from './replay.js';

let emulator: RunningEmulator;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'one' },
                { provider: 'private-api-bearer', unique_key: 'two' },
            ],
            functions: [
                { integration: 'one', type: 'sync', name: 'things', source: 'catalog', returns: ['Thing'] },
                { integration: 'one', type: 'action', name: 'write', source: 'catalog', input: 'In' },
                { integration: 'two', type: 'action', name: 'write', source: 'catalog', input: 'In' },
                { integration: 'one', type: 'action', name: 'own', source: 'repo' },
                { integration: 'one', type: 'on-event', name: 'hook', source: 'catalog', event: 'pre-connection-deletion' },
            ],
        },
    });
});
afterAll(() => emulator.close());

const found = (search: string, names: string[]): Row => ({
    contract: '5.1',
    request: { path: `/providers?search=${search}` },
    expect: { status: 200, keys: ['data'] },
    after: ({ body }) => expect(body.data.map(({ name }: { name: string }) => name)).toEqual(names),
});

const rows: Row[] = [
    {
        contract: '5.1',
        request: { path: '/providers' },
        expect: { status: 200, keys: ['data'] },
        after: ({ body }) => {
            for (const provider of body.data) {
                expect(provider.logo_url).toMatch(new RegExp(`^http.*/images/template-logos/${provider.name}\\.svg$`));
                expect(provider).toMatchObject({
                    display_name: expect.any(String),
                    auth_mode: expect.any(String),
                    docs: expect.any(String),
                });
            }
        },
    },
    found('GITHUB-app$'.replace('$', ''), ['github-app', 'github-app-oauth']),
    found('git.ub-app-', ['github-app-oauth']),
    found('no-such', []),
    {
        contract: '5.1',
        request: { path: '/providers?search=a%5Bb' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_format', ['search']]] },
    },
    {
        contract: '5.1',
        request: { path: '/providers?search=' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_format', ['search']]] },
    },
    {
        contract: '5.1',
        request: { path: '/providers?search=a&search=b' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['search']]] },
    },
    {
        contract: '5.2',
        request: { path: '/providers/github' },
        expect: { status: 200, like: { data: { name: 'github', auth_mode: 'OAUTH2' } }, keys: ['data'] },
        after: ({ body }) => expect(body.data).not.toHaveProperty('logo'),
    },
    { contract: '5.2', request: { path: '/providers/nope' }, expect: { status: 404, code: 'not_found' } },
    {
        contract: '5.2',
        request: { path: '/providers/a%20b' },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['provider']]] },
    },
    { contract: '5.3', request: { path: '/providers/github/templates' }, expect: { status: 200, body: { data: [] } } },
    { contract: '5.3', request: { path: '/providers/nope/templates' }, expect: { status: 200, body: { data: [] } } },
    {
        contract: '5.3',
        name: 'what came from the catalogue: actions, then syncs, without what deploying added',
        request: { path: '/providers/private-api-bearer/templates' },
        expect: {
            status: 200,
            keys: ['data'],
            like: {
                data: [
                    { type: 'action', name: 'write' },
                    { type: 'sync', name: 'things' },
                ],
            },
            keysAt: {
                'data.0': ['type', 'name', 'description', 'scopes', 'input', 'returns', 'json_schema'],
                'data.1': [
                    ...['type', 'name', 'description', 'scopes', 'returns', 'json_schema'],
                    ...['runs', 'auto_start', 'track_deletes'],
                ],
            },
        },
        after: ({ body }) => expect(body.data).toHaveLength(2),
    },
];

replay(() => emulator, rows);
