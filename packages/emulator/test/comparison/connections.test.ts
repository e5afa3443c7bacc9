import { beforeEach, describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.js';
import { type Call, caller, noon, oauthCredentials } from '../support/scene.js';

/* What a wider comparison with a running server showed about connections, integrations and the account. */

let emulator: Emulator;
let call: Call;

beforeEach(() => {
    emulator = createEmulator({
        frozenAt: noon,
        seed: {
            integrations: [
                { provider: 'github', unique_key: 'github', credentials: oauthCredentials },
                { provider: 'netsuite-tba', unique_key: 'tba', credentials: { ...oauthCredentials, type: 'TBA' } },
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'unauthenticated', unique_key: 'none' },
            ],
        },
    });
    call = caller(emulator);
});

const save = (body: object) => call('POST', '/connections', { body });
const none = (more: object) => save({ provider_config_key: 'none', connection_id: 'c1', credentials: { type: 'NONE' }, ...more });

describe('importing (contract 8.5)', () => {
    test('an id that is there, without an end user: the end user stays, for each form of import', async () => {
        await none({ end_user: { id: 'u1' } });
        expect((await none({})).body.end_user).toMatchObject({ id: 'u1' });
        expect((await none({ end_user: { id: 'u2' } })).body.end_user).toMatchObject({ id: 'u2' });
        await call('POST', '/connection', { body: { provider_config_key: 'none', connection_id: 'c1' } });
        expect((await call('GET', '/connections/c1?provider_config_key=none')).body.end_user).toMatchObject({ id: 'u2' });
    });

    test('an empty webhook_url_override is kept, an empty display name is none', async () => {
        const { body } = await none({ webhook_url_override: '', end_user: { id: 'u1', display_name: '' } });
        expect(body).toMatchObject({ webhook_url_override: '', end_user: { id: 'u1', display_name: null } });
    });

    test('a tag wins over the one made of the end user, and comes before it', async () => {
        const own = await none({ end_user: { id: 'u1', email: 'a@example.com', tags: { end_user_id: 'own', team: 'blue' } } });
        expect(Object.entries(own.body.tags)).toEqual([
            ['end_user_id', 'own'],
            ['team', 'blue'],
            ['end_user_email', 'a@example.com'],
        ]);
        const explicit = await none({ end_user: { id: 'u1' }, tags: { team: 'red', end_user_id: 'mine' } });
        expect(explicit.body.tags).toEqual({ team: 'red', end_user_id: 'mine' });
    });

    test('TBA: connection_config gets the client, from the override where there is one', async () => {
        const tba = (more: object) =>
            save({
                provider_config_key: 'tba',
                connection_config: { accountId: '1' },
                credentials: { type: 'TBA', token_id: 't', token_secret: 's', ...more },
            });
        expect((await tba({})).body.connection_config).toEqual({
            accountId: '1',
            oauth_client_id: 'client',
            oauth_client_secret: 'client-secret',
        });
        const override = { config_override: { client_id: 'mine', client_secret: 'too' } };
        expect((await tba(override)).body.connection_config).toMatchObject({
            oauth_client_id: 'mine',
            oauth_client_secret: 'too',
        });
    });

    test('flat: a numeric id is its text; an expiry that can not be read is missing', async () => {
        const flat = (body: object) => call('POST', '/connection', { body: { provider_config_key: 'github', ...body } });
        expect((await flat({ connection_id: 42, access_token: 'a', no_expiration: true })).status).toBe(201);
        expect((await call('GET', '/connections/42?provider_config_key=github')).status).toBe(200);
        expect((await flat({ access_token: 'a', expires_at: 'soon' })).body.error.code).toBe('missing_expires_at');
    });

    test('an API key whose address lacks a value of the config is refused by its test', async () => {
        const providers = `
shop:
  display_name: Shop
  auth_mode: API_KEY
  proxy:
    base_url: https://\${connectionConfig.subdomain}.shop.example
    verification: { method: GET, endpoints: [/me] }
`;
        call = caller(createEmulator({ providers, seed: { integrations: [{ provider: 'shop', unique_key: 'shop' }] } }));
        const shop = (connection_config?: object) =>
            save({ provider_config_key: 'shop', credentials: { type: 'API_KEY', apiKey: 'k' }, connection_config });
        expect((await shop()).body.error.code).toBe('connection_test_failed');
        expect((await shop({ subdomain: 'acme' })).status).toBe(201);
    });
});

describe('reading (contract 8.2)', () => {
    test('the flag for apps leaves an OAuth 2 token as it is; force_refresh renews it, and raw has the expiry', async () => {
        const credentials = { type: 'OAUTH2', access_token: 'a', refresh_token: 'r', expires_at: new Date(noon + 9e6) };
        await save({ provider_config_key: 'github', connection_id: 'c1', credentials });
        const read = async (flag: string) =>
            (await call('GET', `/connections/c1?provider_config_key=github&${flag}=true`)).body.credentials;
        expect((await read('refresh_github_app_jwt_token')).access_token).toBe('a');
        const renewed = await read('force_refresh');
        expect(renewed.access_token).not.toBe('a');
        expect(renewed.raw.expires_at).toBe(renewed.expires_at);
    });

    test('limit=1.5 is one connection', async () => {
        for (const connection_id of ['a', 'b', 'c']) await none({ connection_id });
        expect((await call('GET', '/connections?limit=1.5')).body.connections).toHaveLength(1);
    });

    test('a key in upper case is unknown', async () => {
        const answer = await call('GET', '/connections', { key: emulator.apiKey.toUpperCase() });
        expect([answer.status, answer.body.error.code]).toEqual([401, 'unknown_account']);
    });
});

describe('integrations (contract 6)', () => {
    const scopesOf = async (key: string) =>
        (await call('GET', `/integrations/${key}?include=credentials`)).body.data.credentials.scopes;

    test.each([undefined, ''])('scopes %j are the provider’s own, null where it has none', async (scopes) => {
        const providers = `
with: { display_name: With, auth_mode: OAUTH2, default_scopes: [read, write] }
without: { display_name: Without, auth_mode: OAUTH2 }
`;
        const made = createEmulator({ providers });
        call = caller(made);
        for (const provider of ['with', 'without']) {
            const credentials = {
                type: 'OAUTH2',
                client_id: 'c',
                client_secret: 's',
                ...(scopes === undefined ? {} : { scopes }),
            };
            await call('POST', '/integrations', { body: { provider, unique_key: provider, credentials } });
        }
        expect([await scopesOf('with'), await scopesOf('without')]).toEqual(['read,write', null]);
    });

    test('a quick start needs shared credentials', async () => {
        const start = () => call('POST', '/integrations/quickstart', { body: { provider: 'slack', unique_key: 'slack' } });
        const refused = await start();
        expect([refused.status, refused.body.error.code]).toEqual([400, 'invalid_body']);
        await emulator.control.settings({ shared_credentials: ['slack'] });
        expect((await start()).status).toBe(200);
    });

    test('the old form with credentials says more of connections, and has no custom values as null', async () => {
        await save({ provider_config_key: 'key-api', connection_id: 'k', credentials: { type: 'API_KEY', apiKey: 'k' } });
        const { config } = (await call('GET', '/config/key-api?include_creds=true')).body;
        expect(config.custom).toBeNull();
        expect(config.connections).toEqual([
            {
                id: expect.any(Number),
                connection_id: 'k',
                connection_config: {},
                environment_id: 1,
                provider_config_key: 'key-api',
            },
        ]);
    });
});

describe('the account (contract 12)', () => {
    const account = (method: string, path: string, body?: object) =>
        call(method, path, { key: 'e0e0e0e0-0000-4000-8000-000000000003', ...(body ? { body } : {}) });

    test('a name that exists is a conflict', async () => {
        expect((await account('POST', '/environments', { name: 'dev' })).status).toBe(409);
    });

    test.each([null, '', []])('an environment_id of %j is coerced, then too small', async (environment_id) => {
        const key = await account('POST', '/environment/api-keys', { environment_id, display_name: 'k' });
        expect(key.body.error.errors).toMatchObject([{ code: 'too_small', path: ['environment_id'] }]);
        const gone = await account('DELETE', '/environment/api-keys', { environment_id: 1, key_id: environment_id });
        expect(gone.body.error.errors).toMatchObject([{ code: 'too_small', path: ['key_id'] }]);
    });

    test('the path parameter is called environmentId, and otlp_endpoint is a union', async () => {
        const gone = await account('DELETE', '/environments/x');
        expect(gone.body.error.errors).toMatchObject([{ path: ['environmentId'] }]);
        const made = await account('POST', '/environments', { name: 'x', otlp_endpoint: 5 });
        expect(made.body.error.errors).toMatchObject([{ code: 'invalid_union', path: ['otlp_endpoint'] }]);
    });
});

describe('the deprecated metadata of one connection (contract 8.8)', () => {
    test.each(['POST', 'PATCH'])('%s of an unknown connection names what was asked for', async (method) => {
        const answer = await call(method, '/connection/nobody/metadata?provider_config_key=none', { body: {} });
        expect(answer.status).toBe(404);
        expect(answer.body.error).toMatchObject({
            code: 'unknown_connection',
            payload: { connectionId: 'nobody', providerConfigKey: 'none' },
        });
    });
});
