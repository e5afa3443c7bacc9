import { beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../src/index.js';
import { type Call, oauthCredentials, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
beforeEach(() => {
    ({ call, emulator } = setScene());
});

const pem = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----';

describe('create', () => {
    test('answers 200 with the integration, which can then be read with its credentials', async () => {
        const made = await call('POST', '/integrations', {
            body: { provider: 'slack', unique_key: 'my slack:1', credentials: { ...oauthCredentials, webhook_secret: 'whs' } },
        });
        expect(made.status).toBe(200);
        expect(made.body.data).toEqual({
            unique_key: 'my slack:1',
            provider: 'slack',
            display_name: expect.any(String),
            logo: expect.stringMatching(/\/images\/template-logos\/slack\.svg$/),
            forward_webhooks: true,
            created_at: '2026-03-01T12:00:00.000Z',
            updated_at: '2026-03-01T12:00:00.000Z',
        });
        const read = await call('GET', '/integrations/my%20slack%3A1?include=credentials');
        expect(read.body.data.credentials).toEqual({
            type: 'OAUTH2',
            client_id: 'client',
            client_secret: 'client-secret',
            scopes: 'repo,user',
            webhook_secret: 'whs',
        });
    });

    test.each([
        ['unknown provider', { provider: 'nope', unique_key: 'x' }, 'invalid_string', ['provider']],
        [
            'taken key',
            { provider: 'github', unique_key: 'github', credentials: oauthCredentials },
            'invalid_string',
            ['uniqueKey'],
        ],
        ['bad charset', { provider: 'github', unique_key: 'a/b' }, 'invalid_format', ['unique_key']],
        ['long key', { provider: 'github', unique_key: 'a'.repeat(256) }, 'too_big', ['unique_key']],
        ['empty display name', { provider: 'github', unique_key: 'a', display_name: '' }, 'too_small', ['display_name']],
        ['unknown field', { provider: 'github', unique_key: 'a', nope: 1 }, 'unrecognized_keys', []],
        [
            'bad type of credentials',
            { provider: 'github', unique_key: 'a', credentials: { type: 'NOPE' } },
            'invalid_union',
            ['credentials', 'type'],
        ],
        [
            'bad scopes',
            { provider: 'github', unique_key: 'a', credentials: { ...oauthCredentials, scopes: 'a b' } },
            'invalid_union',
            ['credentials', 'scopes'],
        ],
        [
            'null scopes',
            { provider: 'github', unique_key: 'a', credentials: { ...oauthCredentials, scopes: null } },
            'invalid_union',
            ['credentials', 'scopes'],
        ],
        ['wrong type', { provider: 'github', unique_key: 'a', forward_webhooks: 'yes' }, 'invalid_type', ['forward_webhooks']],
        [
            'a long config value',
            { provider: 'github', unique_key: 'a', integration_config: { a: 'x'.repeat(8193) } },
            'too_big',
            ['integration_config', 'a'],
        ],
        [
            'a key with a line break after it',
            {
                provider: 'github',
                unique_key: 'a',
                credentials: { type: 'APP', app_id: '1', app_link: 'l', private_key: `${pem}\n` },
            },
            'invalid_format',
            ['credentials', 'private_key'],
        ],
    ])('%s', async (_, body, code, path) => {
        const answer = await call('POST', '/integrations', { body });
        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ error: { code: 'invalid_body', errors: [{ code, message: expect.any(String), path }] } });
    });

    test.each([
        [
            'credentials of another type',
            { provider: 'github', unique_key: 'x', credentials: { type: 'APP', app_id: '1', app_link: 'l', private_key: pem } },
        ],
        [
            'credentials where the mode has none',
            { provider: 'private-api-bearer', unique_key: 'x', credentials: oauthCredentials },
        ],
        ['missing credentials', { provider: 'github', unique_key: 'x' }],
        ['missing credentials come before the taken key', { provider: 'github', unique_key: 'github' }],
    ])('%s: a message and no list', async (_, body) => {
        const answer = await call('POST', '/integrations', { body });
        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ error: { code: 'invalid_body', message: expect.any(String) } });
    });

    test('on a shared developer app: its secrets are empty', async () => {
        await emulator.control.settings({ shared_credentials: ['github'] });
        const made = await call('POST', '/integrations/quickstart', { body: { provider: 'github', unique_key: 'quick' } });
        expect(made.body.data.unique_key).toBe('quick');
        const read = await call('GET', '/integrations/quick?include=credentials');
        expect(read.body.data.credentials).toMatchObject({ client_id: '', client_secret: '' });
        const refused = await call('POST', '/integrations/quickstart', {
            body: { provider: 'unauthenticated', unique_key: 'q2' },
        });
        expect(refused.body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
    });
});

describe('change', () => {
    test('keeps what is not sent, and an empty webhook secret removes it', async () => {
        const body = { credentials: { ...oauthCredentials, webhook_secret: 'whs' }, display_name: 'Hub' };
        expect((await call('PATCH', '/integrations/github', { body })).body.data.display_name).toBe('Hub');
        const credentials = async () => (await call('GET', '/integrations/github?include=credentials')).body.data.credentials;
        expect(await credentials()).toMatchObject({ webhook_secret: 'whs' });
        await call('PATCH', '/integrations/github', { body: { forward_webhooks: false, credentials: oauthCredentials } });
        expect(await credentials()).toMatchObject({ webhook_secret: 'whs' });
        await call('PATCH', '/integrations/github', { body: { credentials: { ...oauthCredentials, webhook_secret: '' } } });
        expect(await credentials()).toMatchObject({ webhook_secret: null });
    });

    test('renames only an integration without connections', async () => {
        const refused = await call('PATCH', '/integrations/github', { body: { unique_key: 'hub' } });
        expect(refused.body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
        await call('DELETE', '/connections/n1?provider_config_key=none');
        expect((await call('PATCH', '/integrations/none', { body: { unique_key: 'nothing' } })).body.data.unique_key).toBe(
            'nothing',
        );
        expect((await call('GET', '/integrations/none')).status).toBe(404);
        const taken = await call('PATCH', '/integrations/nothing', { body: { unique_key: 'github' } });
        expect(taken.body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
    });

    test('an unknown one is 404, a mismatch 400', async () => {
        expect((await call('PATCH', '/integrations/x', { body: {} })).body.error.code).toBe('not_found');
        const mismatch = await call('PATCH', '/integrations/key-api', { body: { credentials: oauthCredentials } });
        expect(mismatch.body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
    });
});

describe('list, read, delete', () => {
    test('lists by provider, then by age', async () => {
        const { data } = (await call('GET', '/integrations')).body;
        const providers = data.map((item: { provider: string }) => item.provider);
        expect(providers).toEqual([...providers].sort());
        expect(data[0]).not.toHaveProperty('credentials');
    });

    test('the webhook address is returned on request, null where the provider sends none', async () => {
        await call('POST', '/integrations', {
            body: { provider: 'hubspot', unique_key: 'hub spot', credentials: oauthCredentials },
        });
        const hubspot = await call('GET', '/integrations/hub%20spot?include=webhook');
        expect(hubspot.body.data.webhook_url).toMatch(/\/webhook\/[0-9a-f-]{36}\/hub%20spot$/);
        expect((await call('GET', '/integrations/basic-api?include=webhook')).body.data.webhook_url).toBeNull();
        expect((await call('GET', '/integrations/none?include=credentials')).body.data.credentials).toBeNull();
    });

    test('deleting one takes its connections along; a connection then names an unknown integration', async () => {
        expect((await call('DELETE', '/integrations/github')).body).toEqual({ success: true });
        expect((await call('DELETE', '/integrations/github')).body.error.code).toBe('not_found');
        const gone = await call('GET', '/connections/octo?provider_config_key=github');
        expect([gone.status, gone.body.error.code]).toEqual([400, 'unknown_provider_config']);
        expect((await call('GET', '/connections?integrationId=github')).body.connections).toEqual([]);
    });

    test('the old form still answers', async () => {
        expect((await call('GET', '/config/github')).body).toEqual({
            config: { unique_key: 'github', provider: 'github', syncs: [], actions: [] },
        });
        const full = await call('GET', '/config/github?include_creds=true&whatever=1');
        expect(full.body.config).toMatchObject({
            client_id: 'client',
            client_secret: 'client-secret',
            auth_mode: 'OAUTH2',
            connection_count: 1,
        });
        const unknown = await call('GET', '/config/nope');
        expect([unknown.status, unknown.body.error]).toEqual([
            400,
            { code: 'unknown_provider_config', message: expect.any(String), payload: {} },
        ]);
    });
});

describe('providers', () => {
    test('search is a regular expression over the names', async () => {
        const names = async (search: string) =>
            (await call('GET', `/providers?search=${encodeURIComponent(search)}`)).body.data.map(
                ({ name }: { name: string }) => name,
            );
        expect(await names('GITH')).toContain('github');
        expect(await names('g.thub')).toContain('github');
        expect(await names('no-such')).toEqual([]);
    });

    test('one provider, an unknown one, a query that is not allowed', async () => {
        expect((await call('GET', '/providers/github')).body.data).toMatchObject({ name: 'github', auth_mode: 'OAUTH2' });
        expect((await call('GET', '/providers/nope')).body.error.code).toBe('not_found');
        expect((await call('GET', '/providers/github?x=1')).body.error.code).toBe('invalid_query_params');
        expect((await call('GET', '/providers/nope/templates')).body).toEqual({ data: [] });
    });
});

describe('functions', () => {
    test('are listed by type and name, in pages', async () => {
        const { data, pagination } = (await call('GET', '/integrations/github/functions?limit=2')).body;
        expect(pagination).toMatchObject({ page: 0, limit: 2 });
        expect(pagination.total).toBeGreaterThan(5);
        expect(data.map(({ type, name }: { type: string; name: string }) => `${type}/${name}`)).toEqual([
            'action/breaks',
            'action/catalogued',
        ]);
        const syncs = (await call('GET', '/integrations/github/functions?type=sync&search=ISS')).body.data;
        expect(syncs).toMatchObject([{ name: 'issues', type: 'sync', runs: 'every hour', returns: ['Issue'], auto_start: true }]);
        expect((await call('GET', '/integrations/nope/functions')).body.error.code).toBe('not_found');
        for (const query of ['limit=0', 'limit=101', 'page=-1', 'page=1.5', 'type=x', 'search=', 'q=1']) {
            expect((await call('GET', `/integrations/github/functions?${query}`)).body.error.code, query).toBe(
                'invalid_query_params',
            );
        }
    });

    test('one by name: the first by order without a type; its code only when that is clear', async () => {
        expect((await call('GET', '/integrations/github/functions/catalogued')).body.data.type).toBe('action');
        const code = await call('GET', '/integrations/github/functions/catalogued/code');
        expect(code.status).toBe(409);
        expect(code.body.error).toMatchObject({
            code: 'ambiguous_function',
            payload: {
                matches: [
                    { type: 'action', name: 'catalogued' },
                    { type: 'sync', name: 'catalogued' },
                ],
            },
        });
        const action = await call('GET', '/integrations/github/functions/catalogued/code?type=action');
        expect(action.body).toEqual({ type: 'action', code: 'export default 1' });
        expect((await call('GET', '/integrations/github/functions/catalogued/code?type=sync')).body.error.code).toBe('not_found');
        expect((await call('GET', '/integrations/github/functions/nope')).body.error.code).toBe('not_found');
    });

    test('deleting needs a type, and spares what a repository deployed', async () => {
        const path = '/integrations/github/functions';
        expect((await call('DELETE', `${path}/catalogued`)).body.error).toMatchObject({
            code: 'invalid_query_params',
            errors: [{ path: ['type'] }],
        });
        expect((await call('DELETE', `${path}/catalogued?type=action`)).body).toEqual({ data: { success: true } });
        expect((await call('DELETE', `${path}/issues?type=sync`)).body.error.code).toBe('function_managed_by_deploy');
        expect((await call('GET', `${path}/catalogued`)).body.data.type).toBe('sync');
    });

    test('all at once: by integration, or as OpenAI tools', async () => {
        const [group] = (await call('GET', '/scripts/config?anything=1&format=weird')).body;
        expect(group).toMatchObject({ providerConfigKey: 'github', provider: 'github', 'on-events': [] });
        expect(group.syncs.map(({ name }: { name: string }) => name)).toEqual(['catalogued', 'issues']);
        const { data } = (await call('GET', '/scripts/config?format=openai')).body;
        expect(data[0]).toEqual({
            name: 'breaks',
            description: '',
            parameters: { type: 'object', properties: {}, required: [] },
        });
        await call('DELETE', '/integrations/github');
        expect((await call('GET', '/scripts/config?format=openai')).body).toEqual([]);
    });
});
