import { afterAll, beforeAll, expect } from 'vitest';
import { defaultEnvironmentUuid, type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, zulu } from './replay.js';

let emulator: RunningEmulator;
let withoutCredentials: string;
beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    withoutCredentials = (await emulator.control.key({ scopes: ['environment:integrations:read'] })).secret;
});
afterAll(() => emulator.close());

const shown = ['unique_key', 'provider', 'display_name', 'logo', 'forward_webhooks', 'created_at', 'updated_at'];
const oauth = { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs', scopes: 'repo,user:email' };
const pem = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----';
const app = { type: 'APP', app_id: '1', app_link: 'https://x', private_key: pem };

const refusedBody = (name: string, body: object, issues: [string, string[]][]): Row => ({
    contract: '6.4',
    name,
    request: {
        method: 'POST',
        path: '/integrations',
        body: { provider: 'github', unique_key: 'bad', credentials: oauth, ...body },
    },
    expect: { status: 400, code: 'invalid_body', issues },
});
const refusedMeaning = (name: string, body: object): Row => ({
    contract: '6.4',
    name,
    request: { method: 'POST', path: '/integrations', body },
    expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
});
const refusedPatch = (name: string, key: string, body: object): Row => ({
    contract: '6.6',
    name,
    request: { method: 'PATCH', path: `/integrations/${key}`, body },
    expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
});
const shownCredentials = (key: string, keys: string[] | null, like: object = {}): Row => ({
    contract: '6.1',
    name: `the credentials of ${key}`,
    request: { path: `/integrations/${key}?include=credentials` },
    expect: { status: 200, keysAt: { data: [...shown, 'credentials'] } },
    after: ({ body }) => {
        if (keys === null) expect(body.data.credentials).toBeNull();
        else {
            expect(Object.keys(body.data.credentials).sort()).toEqual([...keys].sort());
            expect(body.data.credentials).toMatchObject(like);
        }
    },
});
const oauthKeys = ['type', 'client_id', 'client_secret', 'scopes', 'webhook_secret'];
const create = (body: object): Row => ({
    contract: '6.4',
    name: `create ${JSON.stringify(body).slice(0, 60)}`,
    request: { method: 'POST', path: '/integrations', body },
    expect: { status: 200, keys: ['data'], keysAt: { data: shown } },
});

const rows: Row[] = [
    { contract: '6.2', request: { path: '/integrations' }, expect: { status: 200, body: { data: [] } } },
    ...['', '?format=openai'].map(
        (query): Row => ({
            contract: '9',
            name: 'nothing deployed',
            request: { path: `/scripts/config${query}` },
            expect: { status: 200, body: [] },
        }),
    ),
    {
        contract: '6.4',
        request: {
            method: 'POST',
            path: '/integrations',
            body: { provider: 'github', unique_key: 'github', credentials: oauth },
        },
        expect: {
            status: 200,
            keys: ['data'],
            keysAt: { data: shown },
            like: {
                data: {
                    unique_key: 'github',
                    provider: 'github',
                    forward_webhooks: true,
                    created_at: expect.stringMatching(zulu),
                    updated_at: expect.stringMatching(zulu),
                    logo: expect.stringMatching(/\/images\/template-logos\/github\.svg$/),
                },
            },
        },
    },
    create({ provider: 'private-api-bearer', unique_key: 'a key', display_name: 'Mine', forward_webhooks: false }),
    create({ provider: 'unauthenticated', unique_key: 'none', custom: { base_url: 'https://x' } }),
    create({ provider: 'netsuite-tba', unique_key: 'tba' }),
    create({ provider: 'github-app', unique_key: 'app', credentials: app }),
    create({
        provider: 'github-app-oauth',
        unique_key: 'custom',
        credentials: { ...app, type: 'CUSTOM', client_id: 'ci', client_secret: 'cs' },
    }),
    create({ provider: 'trello', unique_key: 'trello', credentials: { ...oauth, type: 'OAUTH1' } }),
    create({ provider: 'slack', unique_key: 'slack', credentials: { ...oauth, scopes: '' } }),
    {
        contract: '6.2',
        name: 'ordered by provider, then by creation; nothing more than the integration shows',
        request: { path: '/integrations' },
        expect: { status: 200, keysAt: { 'data.0': shown } },
        after: ({ body }) => {
            const providers = body.data.map(({ provider }: { provider: string }) => provider);
            expect(providers).toEqual([...providers].sort());
        },
    },
    {
        contract: '6.3',
        request: { path: '/integrations/a%20key' },
        expect: { status: 200, keysAt: { data: shown }, like: { data: { display_name: 'Mine', forward_webhooks: false } } },
    },
    { contract: '6.3', request: { path: '/integrations/nope' }, expect: { status: 404, code: 'not_found' } },
    {
        contract: '6.3',
        request: { path: '/integrations/a%2Fb' },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['uniqueKey']]] },
    },
    {
        contract: '6.3',
        request: { path: '/integrations/none?include=webhook' },
        expect: { status: 200, keysAt: { data: [...shown, 'webhook_url'] } },
        after: ({ body }) => expect(body.data.webhook_url).toBe(`${emulator.url}/webhook/${defaultEnvironmentUuid}/none`),
    },
    {
        contract: '6.1',
        name: 'no webhook routing',
        request: { path: '/integrations/a%20key?include=webhook' },
        expect: { status: 200, like: { data: { webhook_url: null } } },
    },
    {
        contract: '6.3',
        request: { path: '/integrations/github?include=webhook&include=credentials' },
        expect: { status: 200, keysAt: { data: [...shown, 'webhook_url', 'credentials'], 'data.credentials': oauthKeys } },
    },
    {
        contract: '6.3',
        request: { path: '/integrations/github?include[]=webhook&include[]=credentials' },
        expect: { status: 200, keysAt: { data: [...shown, 'webhook_url', 'credentials'] } },
    },
    ...['webhook,credentials', 'nope', ''].map(
        (include): Row => ({
            contract: '6.3',
            request: { path: `/integrations/github?include=${include}` },
            expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_union', ['include']]] },
        }),
    ),
    {
        contract: '6.1',
        name: 'credentials are silently absent without the scope',
        request: { path: '/integrations/github?include=credentials', key: () => withoutCredentials },
        expect: { status: 200, keysAt: { data: shown } },
    },
    shownCredentials('github', oauthKeys, {
        type: 'OAUTH2',
        client_id: 'ci',
        client_secret: 'cs',
        scopes: 'repo,user:email',
        webhook_secret: null,
    }),
    shownCredentials('trello', oauthKeys, { type: 'OAUTH1' }),
    shownCredentials('tba', oauthKeys, { type: 'TBA', client_id: null, client_secret: null }),
    shownCredentials('app', ['type', 'app_id', 'private_key', 'app_link'], { type: 'APP', private_key: pem }),
    shownCredentials('custom', ['type', 'client_id', 'client_secret', 'app_id', 'app_link', 'private_key'], { type: 'CUSTOM' }),
    shownCredentials('a%20key', null),
    shownCredentials('none', null),

    refusedBody('unknown provider', { provider: 'nope' }, [['invalid_string', ['provider']]]),
    refusedBody('provider of bad form', { provider: 'a b' }, [['invalid_format', ['provider']]]),
    refusedBody('key taken', { unique_key: 'github' }, [['invalid_string', ['uniqueKey']]]),
    refusedBody('bad key', { unique_key: 'a/b' }, [['invalid_format', ['unique_key']]]),
    refusedBody('key too long', { unique_key: 'k'.repeat(256) }, [['too_big', ['unique_key']]]),
    refusedBody('empty display name', { display_name: '' }, [['too_small', ['display_name']]]),
    refusedBody('long display name', { display_name: 'd'.repeat(256) }, [['too_big', ['display_name']]]),
    refusedBody('forward_webhooks as text', { forward_webhooks: 'true' }, [['invalid_type', ['forward_webhooks']]]),
    refusedBody('null where a field may be missing', { display_name: null }, [['invalid_type', ['display_name']]]),
    refusedBody('unknown key', { nope: 1 }, [['unrecognized_keys', []]]),
    refusedBody('bad type of credentials', { credentials: { type: 'NOPE' } }, [['invalid_union', ['credentials', 'type']]]),
    refusedBody('no type of credentials', { credentials: {} }, [['invalid_union', ['credentials', 'type']]]),
    refusedBody('unknown key in credentials', { credentials: { ...oauth, nope: 1 } }, [['unrecognized_keys', ['credentials']]]),
    refusedBody('empty client id', { credentials: { ...oauth, client_id: '' } }, [['too_small', ['credentials', 'client_id']]]),
    refusedBody('long client id', { credentials: { ...oauth, client_id: 'c'.repeat(256) } }, [
        ['too_big', ['credentials', 'client_id']],
    ]),
    refusedBody('scopes with a space', { credentials: { ...oauth, scopes: 'a b' } }, [
        ['invalid_union', ['credentials', 'scopes']],
    ]),
    refusedBody('scopes null', { credentials: { ...oauth, scopes: null } }, [['invalid_union', ['credentials', 'scopes']]]),
    refusedBody('a key that is none', { provider: 'github-app', credentials: { ...app, private_key: 'x' } }, [
        ['invalid_format', ['credentials', 'private_key']],
        ['invalid_format', ['credentials', 'private_key']],
    ]),
    refusedBody('long webhook secret', { credentials: { ...oauth, webhook_secret: 'w'.repeat(256) } }, [
        ['too_big', ['credentials', 'webhook_secret']],
    ]),
    refusedBody('a key with a trailing newline', { provider: 'github-app', credentials: { ...app, private_key: `${pem}\n` } }, [
        ['invalid_format', ['credentials', 'private_key']],
    ]),
    refusedBody('custom with a number', { custom: { a: 1 } }, [['invalid_type', ['custom', 'a']]]),
    refusedBody('long integration_config', { integration_config: { a: 'x'.repeat(8193) } }, [
        ['too_big', ['integration_config', 'a']],
    ]),
    refusedMeaning('type mismatch', { provider: 'github', unique_key: 'x', credentials: { ...oauth, type: 'OAUTH1' } }),
    refusedMeaning('missing credentials', { provider: 'github', unique_key: 'x' }),
    refusedMeaning('credentials where there are none', { provider: 'private-api-bearer', unique_key: 'x', credentials: oauth }),
    refusedMeaning('missing credentials before a taken key', { provider: 'github', unique_key: 'github' }),
    refusedMeaning('missing config', { provider: 'aws-sigv4', unique_key: 'x', integration_config: { defaultRegion: 'eu' } }),
    refusedMeaning('unknown config', { provider: 'private-api-bearer', unique_key: 'x', integration_config: { a: 'b' } }),
    refusedMeaning('custom refused', { provider: 'aws-sigv4', unique_key: 'x', custom: { a: 'b' } }),
    {
        contract: '6.4',
        name: 'integration_config may be missing altogether',
        request: { method: 'POST', path: '/integrations', body: { provider: 'aws-sigv4', unique_key: 'aws' } },
        expect: { status: 200, keysAt: { data: shown } },
    },
    {
        contract: '6.4',
        name: 'an unknown provider is reported before a taken key',
        request: { method: 'POST', path: '/integrations', body: { provider: 'nope', unique_key: 'github' } },
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_string', ['provider']]] },
    },
    {
        contract: '6.5',
        before: () => emulator.control.settings({ shared_credentials: ['google'] }),
        request: { method: 'POST', path: '/integrations/quickstart', body: { provider: 'google', unique_key: 'quick' } },
        expect: { status: 200, keys: ['data'], keysAt: { data: shown } },
    },
    shownCredentials('quick', oauthKeys, { type: 'OAUTH2', client_id: '', client_secret: '' }),
    {
        contract: '6.5',
        name: 'no shared app',
        request: { method: 'POST', path: '/integrations/quickstart', body: { provider: 'private-api-bearer', unique_key: 'q' } },
        expect: { status: 400, code: 'invalid_body', message: true },
    },
    {
        contract: '6.5',
        name: 'credentials are no part of it',
        request: {
            method: 'POST',
            path: '/integrations/quickstart',
            body: { provider: 'github', unique_key: 'q', credentials: oauth },
        },
        expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '6.6',
        request: { method: 'PATCH', path: '/integrations/github', body: {} },
        expect: { status: 200, keys: ['data'], keysAt: { data: shown } },
    },
    {
        contract: '6.6',
        request: { method: 'PATCH', path: '/integrations/slack', body: { unique_key: 'slack-2', display_name: 'S' } },
        expect: { status: 200, like: { data: { unique_key: 'slack-2', display_name: 'S' } } },
    },
    {
        contract: '6.6',
        request: { method: 'PATCH', path: '/integrations/slack', body: {} },
        expect: { status: 404, code: 'not_found' },
    },
    refusedPatch('mismatch', 'github', { credentials: { ...oauth, type: 'OAUTH1' } }),
    refusedPatch('key used', 'github', { unique_key: 'trello' }),
    refusedPatch('bad config', 'github', { integration_config: { a: 'b' } }),
    {
        contract: '6.6',
        name: 'webhook_secret is set',
        request: { method: 'PATCH', path: '/integrations/github', body: { credentials: { ...oauth, webhook_secret: 'w' } } },
        expect: { status: 200 },
    },
    shownCredentials('github', oauthKeys, { webhook_secret: 'w' }),
    {
        contract: '6.6',
        name: 'an empty webhook_secret removes it',
        request: { method: 'PATCH', path: '/integrations/github', body: { credentials: { ...oauth, webhook_secret: '' } } },
        expect: { status: 200 },
    },
    shownCredentials('github', oauthKeys, { webhook_secret: null }),
    {
        contract: '6.8',
        request: { path: '/config/github' },
        expect: {
            status: 200,
            keysAt: { config: ['unique_key', 'provider', 'syncs', 'actions'] },
            like: { config: { unique_key: 'github', provider: 'github', syncs: [], actions: [] } },
        },
    },
    {
        contract: '6.8',
        request: { path: '/config/github?include_creds=true' },
        expect: {
            status: 200,
            keysAt: {
                config: [
                    ...[
                        'unique_key',
                        'provider',
                        'syncs',
                        'actions',
                        'client_id',
                        'client_secret',
                        'custom',
                        'scopes',
                        'app_link',
                    ],
                    ...['auth_mode', 'created_at', 'has_webhook', 'webhook_secret', 'connections', 'docs', 'connection_count'],
                    ...['has_webhook_user_defined_secret', 'webhook_url'],
                ],
            },
        },
    },
    {
        contract: '6.8',
        request: { path: '/config/nope' },
        expect: { status: 400, code: 'unknown_provider_config', message: true, payload: {} },
    },
    {
        contract: '6.6',
        name: 'a connection for the next row',
        request: {
            method: 'POST',
            path: '/connections',
            body: { provider_config_key: 'none', connection_id: 'n1', credentials: { type: 'NONE' } },
        },
        expect: { status: 201 },
    },
    refusedPatch('rename while connections exist', 'none', { unique_key: 'none-2' }),
    {
        contract: '6.7',
        request: { method: 'DELETE', path: '/integrations/none' },
        expect: { status: 200, body: { success: true } },
    },
    { contract: '6.7', request: { method: 'DELETE', path: '/integrations/none' }, expect: { status: 404, code: 'not_found' } },
    {
        contract: '6.7',
        name: 'its connections go with it',
        request: { path: '/connections/n1?provider_config_key=none' },
        expect: { status: 400, code: 'unknown_provider_config' },
    },
    { contract: '6.7', request: { path: '/connections' }, expect: { status: 200, body: { connections: [] } } },
];

replay(() => emulator, rows);
