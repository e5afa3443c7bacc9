import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { LanguageService } from './types/language-service.js';

const at = (file: string) => fileURLToPath(new URL(`types/${file}`, import.meta.url));

let service: LanguageService;
beforeAll(() => {
    service = new LanguageService();
}, 120_000);

it('takes and gives the types of the integrations', { timeout: 120_000 }, () => {
    expect(service.errors(at('must-compile.ts'))).toEqual([]);
    expect(service.errors(at('typed-webhooks.ts'))).toEqual([]);
});

it('refuses what they do not allow, line by line', { timeout: 120_000 }, () => {
    const file = at('must-fail.ts');
    const lines = (ts.sys.readFile(file) as string).split('\n');
    const expected = lines.flatMap((line, i) => (line.includes('// !') ? [`${i + 1}: ${line}`] : []));
    expect(expected.length).toBeGreaterThan(90);
    const errors = service.errors(file);
    expect([...new Set(errors.map(({ line }) => `${line}: ${lines[line - 1]}`))]).toEqual(expected);
    const wordless = errors.filter(({ line, message }) => !message.includes(lines[line - 1]?.split('// !')[1]?.trim() ?? ''));
    expect(wordless.filter(({ line }) => !errors.some((other) => other.line === line && !wordless.includes(other)))).toEqual([]);
});

describe('completion offers', () => {
    it.each([
        ["nango.triggerAction('|')", ['github', 'google-drive']],
        ["nango.triggerAction('github', 'c1', '|')", ['createIssue']],
        ["nango.triggerAction('github', 'c1', 'createIssue', { | })", ['parent', 'title', 'labels']],
        ["nango.triggerActionAsync('github', 'c1', 'createIssue', { parent: { | } })", ['id']],
        ["nango.listRecords({ providerConfigKey: '|' })", ['github', 'google-drive']],
        ["nango.listRecords({ providerConfigKey: 'github', connectionId: 'c1', model: '|' })", ['Issue', 'Tree']],
        ["nango.iterateRecords({ providerConfigKey: 'github', connectionId: 'c1', model: '|' })", ['Issue', 'Tree']],
        ["nango.consumeRecords({ providerConfigKey: 'github', model: '|' }, {})", ['Issue', 'Tree']],
        ["nango.pruneRecords({ providerConfigKey: 'github', model: '|' })", ['Issue', 'Tree']],
        ["nango.triggerSync('github', ['|'])", ['fetchIssues']],
        ["nango.updateSyncConnectionFrequency('github', '|')", ['fetchIssues']],
        ["nango.createSyncVariant({ provider_config_key: 'github', name: '|' })", ['fetchIssues']],
        ["nango.setMetadata('github', 'c1', { | })", ['owner', 'repos']],
        ["nango.updateMetadata('github', 'c1', { | })", ['owner', 'repos']],
        ["nango.importConnection({ provider_config_key: 'github', metadata: { | } })", ['owner', 'repos']],
        ["nango.getConnection('|')", ['github', 'google-drive']],
        ["nango.listConnections({ integrationId: ['|'] })", ['github', 'google-drive']],
        ["nango.createConnectSession({ tags: {}, allowed_integrations: ['|'] })", ['github', 'google-drive']],
        ['nango.createConnectSession({ tags: {}, integrations_config_defaults: { | } })', ['"google-drive"', 'github']],
        ["nango.get({ endpoint: '', providerConfigKey: '|' })", ['github', 'google-drive']],
    ])('%s', (code, offered) => {
        const head = [
            "import { Nango } from '@x/node';",
            "import type { NangoTypes } from '../compiled-folder/nango.gen.js';",
            "const nango = new Nango<NangoTypes>({ apiKey: 'key' });\n",
        ].join('\n');
        expect(service.completions(at('completed.ts'), head + code).sort()).toEqual(offered.sort());
    });
});
