import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { LanguageService } from './types/language-service.js';

const at = (file: string) => fileURLToPath(new URL(`types/${file}`, import.meta.url));

let service: LanguageService;
beforeAll(() => {
    service = new LanguageService();
});

const both = [
    ['a compiled folder', '../compiled-folder/nango.gen.js'],
    ['the emulator', './only-both.js'],
] as const;

// The emulator has more integrations than the folder: of those that both have, the types must say the same.
const onlyBoth = `import type { NangoTypes as All } from './from-emulator/nango.gen.js';
export type NangoTypes = { github: All['github']; 'google-drive': All['google-drive'] };\n`;

describe.each(both)('a client with the types of %s', (_source, types) => {
    const read = (file: string) => (ts.sys.readFile(at(file)) as string).replace('../compiled-folder/nango.gen.js', types);
    const compiled = (file: string) => {
        service.write(at('only-both.ts'), onlyBoth);
        return service.errors(at(file), read(file));
    };

    it('takes and gives the types of the integrations', () => {
        expect(compiled('must-compile.ts')).toEqual([]);
        expect(compiled('typed-webhooks.ts')).toEqual([]);
    });

    it('refuses what they do not allow, line by line', () => {
        const lines = read('must-fail.ts').split('\n');
        const expected = lines.flatMap((line, i) => (line.includes('// !') ? [`${i + 1}: ${line}`] : []));
        expect(expected.length).toBeGreaterThan(100);
        const errors = compiled('must-fail.ts');
        expect([...new Set(errors.map(({ line }) => `${line}: ${lines[line - 1]}`))]).toEqual(expected);
        const said = (line: number) => lines[line - 1]?.split('// !')[1]?.trim() ?? '';
        const wordless = errors.filter(
            ({ line }) => !errors.some((one) => one.line === line && one.message.includes(said(line))),
        );
        expect(wordless).toEqual([]);
    });
});

it('knows the connection config that the provider asks for', () => {
    const head = `import { Nango } from '@x/node';
type Types = { zendesk: { connectionConfig: { subdomain: string; region?: 'eu' | 'us' } } };
const nango = new Nango<Types>({ apiKey: 'key' });
`;
    const errors = service.errors(
        at('config.ts'),
        `${head}nango.getConnection('zendesk', 'c1').then(({ connection_config: config }) => config.subdomain.length + (config.oauth_scopes ?? '').length);
nango.getConnection('zendesk', 'c1').then(({ connection_config }) => connection_config.subdomian);
nango.createConnectSession({ tags: {}, integrations_config_defaults: { zendesk: { connection_config: { subdomain: 'a', oauth_scopes_override: 'b' } } } });
nango.createConnectSession({ tags: {}, integrations_config_defaults: { zendesk: { connection_config: { subdomian: 'a' } } } });
nango.importConnection({ provider_config_key: 'zendesk', credentials: { type: 'NONE' }, connection_config: { subdomain: 'a', region: 'us' } });
nango.importConnection({ provider_config_key: 'zendesk', credentials: { type: 'NONE' }, connection_config: { subdomain: 'a', region: 'uk' } });
`,
    );
    expect(errors.map(({ line, message }) => [line, /subdomian|uk/.exec(message)?.[0]])).toEqual([
        [5, 'subdomian'],
        [7, 'subdomian'],
        [9, 'uk'],
    ]);
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
