import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, uuid, zulu } from './replay.js';

let emulator: RunningEmulator;
const oauth = { client_id: 'ci', client_secret: 'cs' };
const pem = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----';
const app = { app_id: '1', app_link: 'https://x', private_key: pem };
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [
                { provider: 'github', unique_key: 'oauth2', credentials: { type: 'OAUTH2', ...oauth } },
                { provider: 'trello', unique_key: 'oauth1', credentials: { type: 'OAUTH1', ...oauth } },
                { provider: 'auth0', unique_key: 'cc' },
                { provider: 'private-api-bearer', unique_key: 'api-key' },
                { provider: 'private-api-basic', unique_key: 'basic' },
                { provider: 'netsuite-tba', unique_key: 'tba' },
                { provider: 'github-app', unique_key: 'app', credentials: { type: 'APP', ...app } },
                { provider: 'github-app-oauth', unique_key: 'custom', credentials: { type: 'CUSTOM', ...app, ...oauth } },
                { provider: 'unauthenticated', unique_key: 'none' },
                { provider: 'ghost-admin', unique_key: 'jwt' },
            ],
        },
    });
});
afterAll(() => emulator.close());

const full = [
    ...['id', 'connection_id', 'provider_config_key', 'provider', 'errors', 'end_user', 'tags', 'metadata', 'connection_config'],
    ...['webhook_url_override', 'created_at', 'updated_at', 'last_fetched_at', 'credentials'],
];
const post = (provider_config_key: string, credentials: object, more: object = {}) => ({
    method: 'POST',
    path: '/connections',
    body: { provider_config_key, credentials, ...more },
});
const imported = (key: string, credentials: object, keys: string[], more: object = {}): Row => ({
    contract: '8.5',
    name: `import ${key}`,
    request: post(key, credentials, more),
    expect: {
        status: 201,
        keys: full,
        keysAt: { credentials: keys },
        like: {
            connection_id: expect.stringMatching(uuid),
            metadata: {},
            tags: {},
            errors: [],
            end_user: null,
            webhook_url_override: null,
            created_at: expect.stringMatching(zulu),
            updated_at: expect.stringMatching(zulu),
            last_fetched_at: expect.stringMatching(zulu),
        },
    },
});
const none = (more: object) => post('none', { type: 'NONE' }, more);
const refused = (name: string, more: object, ...issues: [string, string[]][]): Row => ({
    contract: '8.5',
    name,
    request: none(more),
    expect: { status: 400, code: 'invalid_body', issues },
});
const refusedCredentials = (key: string, credentials: object, ...issues: [string, string[]][]): Row => ({
    contract: '8.5',
    name: JSON.stringify(credentials).slice(0, 50),
    request: post(key, credentials),
    expect: { status: 400, code: 'invalid_body', issues: issues.map(([code, path]) => [code, ['credentials', ...path]]) },
});
const get = (id: string, key = 'none') => ({ path: `/connections/${encodeURIComponent(id)}?provider_config_key=${key}` });
const manyTags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));

const imports: Row[] = [
    {
        ...imported('oauth2', { type: 'OAUTH2', access_token: 'a', refresh_token: 'r', expires_at: '2030-01-01' }, [
            ...['type', 'access_token', 'refresh_token', 'expires_at', 'raw'],
        ]),
        after: ({ body }) => {
            expect(body.credentials.expires_at).toBe('2030-01-01T00:00:00.000Z');
            const { raw, ...rest } = body.credentials;
            expect(raw).toEqual(rest);
        },
    },
    imported('oauth1', { type: 'OAUTH1', oauth_token: 't', oauth_token_secret: 's' }, [
        'type',
        'oauth_token',
        'oauth_token_secret',
        'raw',
    ]),
    imported('cc', { type: 'OAUTH2_CC', token: 't', client_id: 'c', client_secret: 's' }, [
        'type',
        'token',
        'client_id',
        'client_secret',
        'raw',
    ]),
    imported('api-key', { type: 'API_KEY', apiKey: 'k' }, ['type', 'apiKey']),
    imported('basic', { type: 'BASIC', username: '', password: '' }, ['type', 'username', 'password']),
    imported('tba', { type: 'TBA', token_id: 'i', token_secret: 's' }, ['type', 'token_id', 'token_secret'], {
        connection_config: { accountId: '1' },
    }),
    {
        contract: '8.5',
        name: 'NONE: empty credentials, never fetched',
        request: none({ connection_id: 'n1', connection_config: { a: 1, oauth_scopes_override: ['x'] } }),
        expect: {
            status: 201,
            keys: full,
            keysAt: { credentials: [], connection_config: ['a', 'oauth_scopes_override'] },
            like: { connection_id: 'n1', last_fetched_at: null, metadata: {} },
        },
    },
    {
        contract: '8.5',
        name: 'an existing id: metadata, credentials and tags are replaced',
        before: () => undefined,
        request: none({ connection_id: 'n1', metadata: { a: 1 }, tags: { Team: 'x' } }),
        expect: { status: 201, like: { metadata: { a: 1 }, tags: { team: 'x' } } },
    },
    {
        contract: '8.5',
        name: 'an existing id again',
        request: none({ connection_id: 'n1' }),
        expect: { status: 201, like: { metadata: {}, tags: {} } },
        after: ({ body }) => expect([body.metadata, body.tags]).toEqual([{}, {}]),
    },
    {
        contract: '4',
        name: 'automatic tags; explicit ones win; empty values are skipped',
        request: none({
            connection_id: 'tagged',
            end_user: { id: 'u', email: 'u@example.com', display_name: '', tags: { 'Cost-Centre': 'c', 'end.a/b': 'd' } },
            tags: { end_user_id: 'other', Team: 'x' },
        }),
        expect: {
            status: 201,
            like: {
                end_user: {
                    id: 'u',
                    email: 'u@example.com',
                    display_name: null,
                    tags: { 'Cost-Centre': 'c' },
                    organization: null,
                },
            },
        },
        after: ({ body }) =>
            expect(body.tags).toEqual({
                end_user_id: 'other',
                end_user_email: 'u@example.com',
                'cost-centre': 'c',
                'end.a/b': 'd',
                team: 'x',
            }),
    },
    { contract: '8.5', name: 'an id with /', request: none({ connection_id: 'a/b c' }), expect: { status: 201 } },
    { contract: '8.2', request: get('a/b c'), expect: { status: 200, like: { connection_id: 'a/b c' } } },
    {
        contract: '8.5',
        name: 'an id outside the charset is accepted',
        request: none({ connection_id: 'a?b' }),
        expect: { status: 201, like: { connection_id: 'a?b' } },
    },
    { contract: '8.5', name: 'but can not be fetched', request: get('a?b'), expect: { status: 400, code: 'invalid_uri_params' } },
    {
        contract: '8.5',
        name: 'an id over 255 characters',
        request: none({ connection_id: 'c'.repeat(256) }),
        expect: { status: 500, code: 'generic_error_support', message: true },
        after: ({ body }) => expect(body.error.payload).toEqual(expect.any(String)),
    },
    {
        contract: '8.5',
        name: 'unknown integration',
        request: post('nope', { type: 'NONE' }),
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '8.5',
        name: 'type mismatch',
        request: post('none', { type: 'API_KEY', apiKey: 'k' }),
        expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
    },
    {
        contract: '8.5',
        name: 'TBA without accountId',
        request: post('tba', { type: 'TBA', token_id: 'i', token_secret: 's' }),
        expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
    },
    {
        contract: '8.5',
        name: 'a validate-connection function refuses it',
        before: () =>
            emulator.control.deploy({
                integration: 'basic',
                type: 'on-event',
                name: 'check',
                event: 'validate-connection',
                throws: { message: 'Wrong workspace.' },
            }),
        request: post('basic', { type: 'BASIC', username: 'u', password: 'p' }, { connection_id: 'refused' }),
        expect: { status: 400, body: { error: { code: 'connection_validation_failed', message: 'Wrong workspace.' } } },
    },
    { contract: '8.5', request: get('refused', 'basic'), expect: { status: 404, code: 'not_found' } },
    ...['JWT', 'BILL', 'TWO_STEP', 'SIGNATURE', 'AWS_SIGV4', 'MCP_OAUTH2', 'INSTALL_PLUGIN', undefined].map((type) =>
        refusedCredentials('jwt', { type }, ['invalid_union', ['type']]),
    ),
    refused('no id of the integration', { provider_config_key: undefined }, ['invalid_type', ['provider_config_key']]),
    refused('no credentials', { credentials: undefined }, ['invalid_type', ['credentials']]),
    refused('unknown key', { nope: 1 }, ['unrecognized_keys', []]),
    refused('metadata null', { metadata: null }, ['invalid_type', ['metadata']]),
    refused('connection_id as number', { connection_id: 1 }, ['invalid_type', ['connection_id']]),
    refused('oauth_scopes_override as text', { connection_config: { oauth_scopes_override: 'a' } }, [
        'invalid_type',
        ['connection_config', 'oauth_scopes_override'],
    ]),
    refused('webhook url', { webhook_url_override: 'nope' }, ['invalid_union', ['webhook_url_override']]),
    refused('bad tag key', { tags: { '1a': 'x' } }, ['invalid_key', ['tags', '1a']]),
    refused('long tag key', { tags: { [`a${'b'.repeat(64)}`]: 'x' } }, ['invalid_key', ['tags', `a${'b'.repeat(64)}`]]),
    refused('empty tag', { tags: { a: '' } }, ['too_small', ['tags', 'a']]),
    refused('long tag', { tags: { a: 'x'.repeat(256) } }, ['too_big', ['tags', 'a']]),
    refused('too many tags', { tags: manyTags(11) }, ['custom', ['tags']]),
    refused('tags that differ in case', { tags: { a: 'x', A: 'y' } }, ['custom', ['tags']]),
    refused('bad email tag', { tags: { end_user_email: 'x' } }, ['custom', ['tags']]),
    refused(
        'two problems with the tags',
        { tags: { a: 'x', A: 'y', End_User_Email: 'x' } },
        ['custom', ['tags']],
        ['custom', ['tags']],
    ),
    refused('too many tags hide the rest', { tags: { ...manyTags(11), T1: 'x' } }, ['custom', ['tags']]),
    refused('tags of the end user that differ in case', { end_user: { id: 'u', tags: { a: 'x', A: 'y' } } }, [
        'custom',
        ['end_user', 'tags'],
    ]),
    refused('end user without id', { end_user: {} }, ['invalid_type', ['end_user', 'id']]),
    refused('end user with an empty id', { end_user: { id: '' } }, ['too_small', ['end_user', 'id']]),
    refused(
        'bad email',
        { end_user: { id: 'u', email: 'x' } },
        ['invalid_format', ['end_user', 'email']],
        ['too_small', ['end_user', 'email']],
    ),
    refused('unknown key of the end user', { end_user: { id: 'u', nope: 1 } }, ['unrecognized_keys', ['end_user']]),
    refused('long display name', { end_user: { id: 'u', display_name: 'd'.repeat(256) } }, [
        'too_big',
        ['end_user', 'display_name'],
    ]),
    refused('bad tag key of the end user', { end_user: { id: 'u', tags: { '1': 'x' } } }, [
        'invalid_key',
        ['end_user', 'tags', '1'],
    ]),
    refusedCredentials('oauth2', { type: 'OAUTH2' }, ['invalid_type', ['access_token']]),
    refusedCredentials('oauth2', { type: 'OAUTH2', access_token: '' }, ['too_small', ['access_token']]),
    refusedCredentials('oauth2', { type: 'OAUTH2', access_token: 'a'.repeat(16_385) }, ['too_big', ['access_token']]),
    refusedCredentials('oauth2', { type: 'OAUTH2', access_token: 'a', expires_at: 'soon' }, ['invalid_type', ['expires_at']]),
    refusedCredentials('oauth2', { type: 'OAUTH2', access_token: 'a', nope: 1 }, ['unrecognized_keys', []]),
    refusedCredentials('oauth1', { type: 'OAUTH1', oauth_token: 't' }, ['invalid_type', ['oauth_token_secret']]),
    refusedCredentials('cc', { type: 'OAUTH2_CC', token: 't', client_id: 'c' }, ['invalid_type', ['client_secret']]),
    refusedCredentials('api-key', { type: 'API_KEY', apiKey: '' }, ['too_small', ['apiKey']]),
    refusedCredentials('api-key', { type: 'API_KEY', api_key: 'x' }, ['invalid_type', ['apiKey']], ['unrecognized_keys', []]),
    refusedCredentials('basic', { type: 'BASIC', username: 'u' }, ['invalid_type', ['password']]),
    refusedCredentials('basic', { type: 'BASIC', username: 'u', password: 'p'.repeat(1025) }, ['too_big', ['password']]),
    refusedCredentials('none', { type: 'NONE', nope: 1 }, ['unrecognized_keys', []]),
];

const flat = (body: object) => ({ method: 'POST', path: '/connection', body });
const flatRefused = (status: number, code: string, body: object): Row => ({
    contract: '8.6',
    name: JSON.stringify(body),
    request: flat(body),
    expect: { status, code, message: true, payload: {} },
});
const flatImports: Row[] = [
    ...(
        [
            ['oauth2', { access_token: 'a', no_expiration: true }],
            ['oauth2', { access_token: 'a', expires_in: 3600 }],
            ['oauth2', { access_token: 'a', expires_at: '2030-01-01' }],
            ['cc', { access_token: 'a' }],
            ['oauth1', { oauth_token: 't', oauth_token_secret: 's' }],
            ['basic', { username: 'u' }],
            ['api-key', { api_key: 'k', more: 1 }],
            ['app', { app_id: '1', installation_id: '2' }],
            ['tba', { token_id: 'i', token_secret: 's', connection_config: { accountId: '1', oauth_scopes_override: 'a,b' } }],
            ['none', {}],
        ] as const
    ).map(
        ([provider_config_key, fields]): Row => ({
            contract: '8.6',
            name: `flat ${provider_config_key}: the body comes back, with the id`,
            request: flat({ provider_config_key, ...fields }),
            expect: {
                status: 201,
                body: { provider_config_key, ...fields, connection_id: expect.stringMatching(uuid) },
            },
        }),
    ),
    flatRefused(400, 'missing_provider_config', {}),
    flatRefused(400, 'unknown_provider_config', { provider_config_key: 'nope' }),
    flatRefused(400, 'missing_access_token', { provider_config_key: 'oauth2' }),
    flatRefused(400, 'missing_expires_at', { provider_config_key: 'oauth2', access_token: 'a' }),
    flatRefused(400, 'missing_expires_at', { provider_config_key: 'oauth2', access_token: 'a', expires_at: 'soon' }),
    flatRefused(400, 'missing_basic_username', { provider_config_key: 'basic' }),
    flatRefused(400, 'missing_api_key', { provider_config_key: 'api-key' }),
    flatRefused(400, 'missing_app_id', { provider_config_key: 'app' }),
    flatRefused(400, 'missing_installation_id', { provider_config_key: 'app', app_id: '1' }),
    flatRefused(400, 'missing_account_id', { provider_config_key: 'tba', token_id: 'i', token_secret: 's' }),
    flatRefused(500, 'unhandled_missing_oauth_token', { provider_config_key: 'oauth1' }),
    flatRefused(500, 'unhandled_unknown_oauth_type', { provider_config_key: 'jwt' }),
];

const patch = (id: string, body: unknown, key = 'none') => ({
    method: 'PATCH',
    path: `/connections/${id}?provider_config_key=${key}`,
    body,
});
const patches: Row[] = [
    { contract: '8.4', request: patch('n1', { tags: { A: '1' } }), expect: { status: 200, body: { success: true } } },
    { contract: '8.4', request: get('n1'), expect: { status: 200, like: { tags: { a: '1' } } } },
    {
        contract: '8.4',
        name: 'an end user replaces the stored tags',
        request: patch('n1', { end_user: { id: 'u2' }, webhook_url_override: 'https://hooks.example/x' }),
        expect: { status: 200, body: { success: true } },
    },
    {
        contract: '8.4',
        request: get('n1'),
        expect: { status: 200, like: { end_user: { id: 'u2' }, webhook_url_override: 'https://hooks.example/x' } },
        after: ({ body }) => expect(body.tags).toEqual({ end_user_id: 'u2' }),
    },
    { contract: '8.4', name: 'nothing to change', request: patch('n1', {}), expect: { status: 200, body: { success: true } } },
    {
        contract: '8.4',
        name: 'tags {} clears all, "" the webhook address',
        request: patch('n1', { tags: {}, webhook_url_override: '' }),
        expect: { status: 200 },
    },
    {
        contract: '8.4',
        request: get('n1'),
        expect: { status: 200, like: { webhook_url_override: null } },
        after: ({ body }) => expect(body.tags).toEqual({}),
    },
    {
        contract: '8.4',
        request: patch('n1', { nope: 1 }),
        expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '14.6',
        name: 'a webhook address on loopback',
        request: patch('n1', { webhook_url_override: 'http://127.0.0.1:9/x' }),
        expect: { status: 400, code: 'invalid_body' },
    },
    {
        contract: '4',
        name: 'a webhook address at nango.dev',
        request: patch('n1', { webhook_url_override: 'https://api.nango.dev/x' }),
        expect: { status: 400, code: 'invalid_body', issues: [['custom', ['webhook_url_override']]] },
    },
    { contract: '8.4', request: patch('n1', {}, 'nope'), expect: { status: 400, code: 'unknown_provider_config' } },
    { contract: '8.4', request: patch('nobody', {}), expect: { status: 404, code: 'not_found' } },
];

const meta = (method: string, body: unknown, base = '/connections') => ({ method, path: `${base}/metadata`, body });
const one = (metadata: unknown, connection_id: unknown = 'n1') => ({ connection_id, provider_config_key: 'none', metadata });
const metadata: Row[] = [
    {
        contract: '8.8',
        request: meta('POST', one({ a: 1, b: { c: 1 } })),
        expect: { status: 201, body: one({ a: 1, b: { c: 1 } }) },
    },
    { contract: '8.8', request: meta('PATCH', one({ b: { d: 1 } })), expect: { status: 200, body: one({ b: { d: 1 } }) } },
    {
        contract: '8.8',
        request: get('n1'),
        expect: { status: 200 },
        after: ({ body }) => expect(body.metadata).toEqual({ a: 1, b: { d: 1 } }),
    },
    { contract: '8.8', request: meta('POST', one({ z: 1 }), '/connection'), expect: { status: 201, body: one({ z: 1 }) } },
    { contract: '8.8', request: meta('PATCH', one({ y: 1 }), '/connection'), expect: { status: 200 } },
    {
        contract: '8.8',
        request: get('n1'),
        expect: { status: 200 },
        after: ({ body }) => expect(body.metadata).toEqual({ z: 1, y: 1 }),
    },
    {
        contract: '8.8',
        request: meta('PATCH', one({ x: 1 }, ['n1', 'tagged'])),
        expect: { status: 200, body: one({ x: 1 }, ['n1', 'tagged']) },
    },
    { contract: '8.8', request: meta('POST', one({ x: 1 }, [])), expect: { status: 201, body: one({ x: 1 }, []) } },
    {
        contract: '8.8',
        name: 'one unknown id among several changes nothing',
        request: meta('POST', one({ gone: 1 }, ['n1', 'nobody'])),
        expect: { status: 404, code: 'unknown_connection' },
    },
    {
        contract: '8.8',
        request: get('n1'),
        expect: { status: 200 },
        after: ({ body }) => expect(body.metadata).toEqual({ z: 1, y: 1, x: 1 }),
    },
    {
        contract: '8.8',
        name: 'unknown integration',
        request: meta('PATCH', { ...one({}), provider_config_key: 'nope' }),
        expect: { status: 404, code: 'unknown_connection' },
    },
    ...(
        [
            ['metadata as an array', one([]), 'invalid_type', ['metadata']],
            ['no metadata', one(undefined), 'invalid_type', ['metadata']],
            ['no connection id', { provider_config_key: 'none', metadata: {} }, 'invalid_union', ['connection_id']],
            ['a connection id of bad form', one({}, 'a?b'), 'invalid_union', ['connection_id']],
            ['a connection id of bad form among others', one({}, ['n1', 'a?b']), 'invalid_union', ['connection_id']],
            ['an unknown key', { ...one({}), nope: 1 }, 'unrecognized_keys', []],
        ] as [string, object, string, string[]][]
    ).map(
        ([name, body, code, path]): Row => ({
            contract: '8.8',
            name,
            request: meta('POST', body),
            expect: { status: 400, code: 'invalid_body', issues: [[code, path]] },
        }),
    ),
    {
        contract: '8.8',
        name: 'deprecated, the key in the query',
        request: { method: 'POST', path: '/connection/n1/metadata?provider_config_key=none', body: { q: 1 } },
        expect: { status: 201, body: { q: 1 } },
    },
    {
        contract: '8.8',
        name: 'deprecated, the key in a header',
        request: { method: 'PATCH', path: '/connection/n1/metadata', body: { h: 1 }, headers: { 'Provider-Config-Key': 'none' } },
        expect: { status: 200, body: { h: 1 } },
    },
    {
        contract: '8.8',
        request: get('n1'),
        expect: { status: 200 },
        after: ({ body }) => expect(body.metadata).toEqual({ q: 1, h: 1 }),
    },
    {
        contract: '8.8',
        name: 'deprecated, unknown connection',
        request: { method: 'POST', path: '/connection/nobody/metadata?provider_config_key=none', body: {} },
        expect: { status: 404, code: 'unknown_connection' },
    },
];

const remove = (path: string) => ({ method: 'DELETE', path });
const deletions: Row[] = [
    {
        contract: '8.7',
        request: remove('/connections/nobody?provider_config_key=none'),
        expect: { status: 400, code: 'unknown_connection', message: false, body: { error: { code: 'unknown_connection' } } },
    },
    {
        contract: '8.7',
        request: remove('/connection/n1?provider_config_key=nope'),
        expect: { status: 400, body: { error: { code: 'unknown_connection' } } },
    },
    {
        contract: '8.7',
        request: remove('/connections/n1'),
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['provider_config_key']]] },
    },
    {
        contract: '8.7',
        request: remove('/connections/n1?provider_config_key=none'),
        expect: { status: 200, body: { success: true } },
    },
    {
        contract: '8.7',
        request: remove('/connection/tagged?provider_config_key=none'),
        expect: { status: 200, body: { success: true } },
    },
    {
        contract: '8.7',
        request: remove('/connections/a%2Fb%20c?provider_config_key=none'),
        expect: { status: 200, body: { success: true } },
    },
    { contract: '8.7', request: get('n1'), expect: { status: 404, code: 'not_found' } },
    {
        contract: '8.5',
        name: 'the plan allows no more',
        before: () => emulator.control.settings({ plan: { connections: 1 } }),
        request: none({}),
        expect: { status: 400, code: 'resource_capped' },
    },
    {
        contract: '8.5',
        name: 'which is reported before a type mismatch, after an unknown integration',
        request: post('none', { type: 'API_KEY', apiKey: 'k' }),
        expect: { status: 400, code: 'resource_capped' },
    },
    {
        contract: '8.5',
        request: post('nope', { type: 'API_KEY', apiKey: 'k' }),
        expect: { status: 404, code: 'not_found' },
    },
    flatRefused(400, 'resource_capped', { provider_config_key: 'none' }),
];

replay(() => emulator, [...imports, ...flatImports, ...patches, ...metadata, ...deletions]);
