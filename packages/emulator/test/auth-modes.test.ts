import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/index.js';
import { caller, noon, oauthCredentials } from './support/scene.js';

const modes = [
    'OAUTH1',
    'OAUTH2',
    'OAUTH2_CC',
    'BASIC',
    'API_KEY',
    'CUSTOM',
    'APP',
    'NONE',
    'TBA',
    'JWT',
    'BILL',
    'TWO_STEP',
    'SIGNATURE',
    'MCP_OAUTH2',
    'MCP_OAUTH2_GENERIC',
    'INSTALL_PLUGIN',
    'AWS_SIGV4',
];
const providers = `${modes.map((mode) => `${mode.toLowerCase()}:\n  display_name: ${mode}\n  auth_mode: ${mode}\n`).join('')}
configured:
  display_name: Configured
  auth_mode: API_KEY
  integration_config:
    region: { type: string, title: Region, enum: [eu, us] }
    site: { type: string, title: Site, format: uri, optional: true }
    code: { type: string, title: Code, pattern: '^[a-z]+$', optional: true }
    cluster: { type: string, title: Cluster, visible_when: { field: region, equals: us } }
`;

const pem = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----';
const app = { app_id: '1', app_link: 'https://github.com/apps/x', private_key: pem };
const own: Record<string, object> = {
    OAUTH1: { ...oauthCredentials, type: 'OAUTH1' },
    OAUTH2: oauthCredentials,
    APP: { type: 'APP', ...app },
    CUSTOM: { type: 'CUSTOM', client_id: 'c', client_secret: 's', ...app },
};

const emulator = createEmulator({ providers, frozenAt: noon });
const call = caller(emulator);
for (const mode of modes) {
    const credentials = own[mode];
    const body = { provider: mode.toLowerCase(), unique_key: mode, ...(credentials ? { credentials } : {}) };
    const made = await call('POST', '/integrations', { body });
    if (made.status !== 200) throw new Error(`${mode}: ${made.text}`);
}

describe('integrations', () => {
    test.each([
        [
            'OAUTH1',
            { type: 'OAUTH1', client_id: 'client', client_secret: 'client-secret', scopes: 'repo,user', webhook_secret: null },
        ],
        ['APP', { type: 'APP', ...app }],
        ['CUSTOM', { type: 'CUSTOM', client_id: 'c', client_secret: 's', ...app }],
        ['JWT', null],
    ])('%s show their credentials', async (mode, credentials) => {
        const { data } = (await call('GET', `/integrations/${mode}?include=credentials`)).body;
        expect(data.credentials).toEqual(credentials);
    });

    test.each(['OAUTH1', 'OAUTH2', 'APP', 'CUSTOM'])('%s can not be created without credentials', async (mode) => {
        const answer = await call('POST', '/integrations', { body: { provider: mode.toLowerCase(), unique_key: `${mode}-2` } });
        expect([answer.status, answer.body.error]).toEqual([400, { code: 'invalid_body', message: expect.any(String) }]);
    });
});

describe('integration_config', () => {
    const create = (integration_config?: object, more = {}) =>
        call('POST', '/integrations', {
            body: { provider: 'configured', unique_key: 'configured', integration_config, ...more },
        });

    test.each([
        ['a missing field', { code: 'abc' }],
        ['an unknown field', { region: 'eu', nope: 'x' }],
        ['a value that is none of the list', { region: 'mars' }],
        ['an address that is not http', { region: 'eu', site: 'ftp://example.com' }],
        ['a value of another form', { region: 'eu', code: 'A1' }],
        ['a field that another one asks for', { region: 'us' }],
    ])('%s is refused', async (_, config) => {
        const answer = await create(config);
        expect([answer.status, answer.body.error]).toEqual([400, { code: 'invalid_body', message: expect.any(String) }]);
    });

    test('an integration is made without any, and takes one field at a time later', async () => {
        const path = '/integrations/configured';
        expect((await create()).status).toBe(200);
        expect((await call('PATCH', path, { body: { integration_config: { code: 'abc' } } })).status).toBe(200);
        expect((await call('PATCH', path, { body: { integration_config: { code: 'A' } } })).status).toBe(400);
        expect((await call('DELETE', path)).status).toBe(200);
    });

    test('custom is refused beside it', async () => {
        expect((await create({ region: 'eu' }, { custom: { a: 'b' } })).body.error.code).toBe('invalid_body');
    });

    test('is merged by a change, and empty values are cleared', async () => {
        expect((await create({ region: 'us', cluster: 'c1', code: 'abc' })).status).toBe(200);
        const patch = (integration_config: object) => call('PATCH', '/integrations/configured', { body: { integration_config } });
        expect((await patch({ code: '' })).status).toBe(200);
        expect(emulator.context.store.environment.integrations.get('configured')?.integrationConfig).toEqual({
            region: 'us',
            cluster: 'c1',
        });
        expect((await patch({ region: '' })).body.error.code).toBe('invalid_body');
    });
});

describe('imported connections', () => {
    const dates = { expires_at: '2030-01-01T00:00:00.000Z' };
    test.each([
        [
            'OAUTH1',
            { oauth_token: 't', oauth_token_secret: 's' },
            { oauth_token: 't', oauth_token_secret: 's', raw: { type: 'OAUTH1', oauth_token: 't', oauth_token_secret: 's' } },
        ],
        [
            'OAUTH2_CC',
            { token: 't', client_id: 'c', client_secret: 's', ...dates },
            { token: 't', client_id: 'c', client_secret: 's', ...dates, raw: expect.any(Object) },
        ],
        ['BASIC', { username: '', password: '' }, { username: '', password: '' }],
        [
            'TBA',
            { token_id: 'i', token_secret: 's', config_override: { client_id: 'c' } },
            { token_id: 'i', token_secret: 's', config_override: { client_id: 'c' } },
        ],
        ['APP', { app_id: '1', installation_id: '2' }, { access_token: expect.any(String), raw: {} }],
        ['CUSTOM', { app_id: '1', installation_id: '2' }, { raw: expect.any(Object) }],
    ])('%s keep the credentials of their mode', async (mode, credentials, kept) => {
        const connection_config = mode === 'TBA' ? { accountId: 'a' } : undefined;
        const answer = await call('POST', '/connections', {
            body: {
                provider_config_key: mode,
                connection_id: 'c',
                credentials: { type: mode, ...credentials },
                connection_config,
            },
        });
        expect(answer.status).toBe(201);
        expect(answer.body.credentials).toEqual({ type: mode, ...kept });
    });

    test('TBA needs an account id', async () => {
        const credentials = { type: 'TBA', token_id: 'i', token_secret: 's' };
        const answer = await call('POST', '/connections', { body: { provider_config_key: 'TBA', credentials } });
        expect([answer.status, answer.body.error]).toEqual([400, { code: 'invalid_body', message: expect.any(String) }]);
    });

    test.each(['JWT', 'BILL', 'TWO_STEP', 'SIGNATURE', 'AWS_SIGV4', 'MCP_OAUTH2', 'MCP_OAUTH2_GENERIC', 'INSTALL_PLUGIN'])(
        '%s can not be imported, but seeded',
        async (mode) => {
            const credentials = { type: mode, token: 't' };
            const answer = await call('POST', '/connections', { body: { provider_config_key: mode, credentials } });
            expect(answer.body.error).toMatchObject({
                code: 'invalid_body',
                errors: [{ code: 'invalid_union', path: ['credentials', 'type'] }],
            });
            await emulator.control.seed({
                connections: [{ provider_config_key: mode, connection_id: 'seeded', credentials: credentials as never }],
            });
            expect((await call('GET', `/connections?connectionId=seeded&integrationId=${mode}`)).body.connections).toHaveLength(
                1,
            );
        },
    );
});

describe('the flat import', () => {
    test.each([
        ['APP', {}, 400, 'missing_app_id'],
        ['APP', { app_id: '1' }, 400, 'missing_installation_id'],
        ['TBA', {}, 400, 'missing_account_id'],
        ['OAUTH1', {}, 500, 'unhandled_missing_oauth_token'],
        ['OAUTH1', { oauth_token: 't' }, 500, 'unhandled_missing_oauth_token_secret'],
        ['OAUTH2_CC', {}, 400, 'missing_access_token'],
        ['JWT', {}, 500, 'unhandled_unknown_oauth_type'],
        ['CUSTOM', {}, 500, 'unhandled_unknown_oauth_type'],
    ])('%s %j → %d %s', async (mode, fields, status, code) => {
        const answer = await call('POST', '/connection', { body: { provider_config_key: mode, ...fields } });
        expect([answer.status, answer.body.error]).toEqual([status, { code, message: expect.any(String), payload: {} }]);
    });

    test.each([
        ['APP', { app_id: '1', installation_id: '2' }, { type: 'APP' }],
        [
            'TBA',
            { token_id: 'i', token_secret: 's', oauth_client_id_override: 'c', connection_config: { accountId: 'a' } },
            { type: 'TBA', config_override: { client_id: 'c' } },
        ],
        ['OAUTH1', { oauth_token: 't', oauth_token_secret: 's' }, { type: 'OAUTH1', oauth_token: 't' }],
        [
            'OAUTH2_CC',
            { access_token: 't', expires_at: '2030-01-01' },
            { type: 'OAUTH2_CC', token: 't', expires_at: '2030-01-01T00:00:00.000Z' },
        ],
    ])('%s %j is kept', async (mode, fields, kept) => {
        const body = { provider_config_key: mode, connection_id: 'flat', ...fields };
        expect((await call('POST', '/connection', { body })).body).toEqual(body);
        const connection = emulator.context.store.environment.connections.get(mode, 'flat');
        expect(connection?.credentials).toMatchObject(kept);
    });

    test('an integration whose provider has gone is reported, and so is a cap', async () => {
        const small = createEmulator({
            providers: 'a:\n  auth_mode: NONE\n',
            seed: { integrations: [{ provider: 'a', unique_key: 'a' }] },
        });
        const other = caller(small);
        await small.control.settings({ plan: { connections: 0 } });
        expect((await other('POST', '/connection', { body: { provider_config_key: 'a' } })).body.error.code).toBe(
            'resource_capped',
        );
        small.context.providers.delete('a');
        const gone = await other('POST', '/connection', { body: { provider_config_key: 'a' } });
        expect([gone.status, gone.body.error.code]).toEqual([404, 'unknown_provider_template']);
        const imported = await other('POST', '/connections', {
            body: { provider_config_key: 'a', credentials: { type: 'NONE' } },
        });
        expect([imported.status, imported.body.error.code]).toEqual([404, 'not_found']);
    });
});
