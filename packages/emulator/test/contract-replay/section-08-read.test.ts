import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { offset, type Row, replay } from './replay.js';

let emulator: RunningEmulator;
let reader: string;
const moment = '2026-03-01T12:00:00.000Z';
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        frozenAt: moment,
        seed: {
            integrations: [
                {
                    provider: 'github',
                    unique_key: 'github',
                    credentials: { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs' },
                },
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'private-api-basic', unique_key: 'basic' },
                { provider: 'unauthenticated', unique_key: 'none' },
            ],
            connections: [
                {
                    provider_config_key: 'github',
                    connection_id: 'octo',
                    credentials: {
                        type: 'OAUTH2',
                        access_token: 'a',
                        refresh_token: 'r',
                        expires_at: '2026-03-01T20:00:00.000Z',
                        raw: { access_token: 'a', refresh_token: 'r', deep: [{ 'Refresh-Token': 'r', kept: 1 }] },
                    },
                    metadata: { plan: 'pro' },
                    connection_config: { subdomain: 'x', refreshToken: 'r' },
                    end_user: { id: 'user-1', email: 'octo@example.com', display_name: 'Octo Cat' },
                    organization: { id: 'org-1', display_name: 'Octo Org' },
                    tags: { Team: 'blue' },
                },
                {
                    provider_config_key: 'key-api',
                    connection_id: 'k1',
                    credentials: { type: 'API_KEY', apiKey: 'k' },
                    tags: { team: 'blue', env: 'dev' },
                },
                {
                    provider_config_key: 'basic',
                    connection_id: 'b1',
                    credentials: { type: 'BASIC', username: 'u', password: '' },
                },
                { provider_config_key: 'none', connection_id: 'n1', credentials: { type: 'NONE' } },
            ],
        },
    });
    reader = (await emulator.control.key({ scopes: ['environment:connections:read'] })).secret;
});
afterAll(() => emulator.close());

const listed = ['id', 'connection_id', 'provider_config_key', 'provider', 'errors', 'end_user', 'tags', 'metadata'];
const full = [
    ...listed,
    'connection_config',
    'webhook_url_override',
    'created_at',
    'updated_at',
    'last_fetched_at',
    'credentials',
];
const list = (query: string, ids: string[], base = '/connections'): Row => ({
    contract: '8.1',
    request: { path: `${base}?${query}` },
    expect: { status: 200, keys: ['connections'] },
    after: ({ body }) => expect(body.connections.map((one: any) => one.connection_id)).toEqual(ids),
});
const badList = (query: string, ...issues: [string, string[]][]): Row => ({
    contract: '8.1',
    request: { path: `/connections?${query}` },
    expect: { status: 400, code: 'invalid_query_params', issues },
});
const get = (query: string, base = '/connections') => ({ path: `${base}/octo?provider_config_key=github${query}` });

const rows: Row[] = [
    {
        contract: '8.1',
        name: 'one entry of the list',
        request: { path: '/connections?connectionId=octo' },
        expect: {
            status: 200,
            keys: ['connections'],
            keysAt: {
                'connections.0': [...listed, 'created'],
                'connections.0.end_user': ['id', 'display_name', 'email', 'tags', 'organization'],
                'connections.0.end_user.organization': ['id', 'display_name'],
            },
            like: {
                connections: [
                    {
                        id: expect.any(Number),
                        connection_id: 'octo',
                        provider_config_key: 'github',
                        provider: 'github',
                        errors: [],
                        end_user: { id: 'user-1', tags: null, organization: { id: 'org-1' } },
                        tags: {
                            team: 'blue',
                            end_user_id: 'user-1',
                            end_user_email: 'octo@example.com',
                            end_user_display_name: 'Octo Cat',
                            organization_id: 'org-1',
                            organization_display_name: 'Octo Org',
                        },
                        metadata: { plan: 'pro' },
                        created: expect.stringMatching(offset),
                    },
                ],
            },
        },
    },
    {
        contract: '8.1',
        name: 'nobody is linked',
        request: { path: '/connections?connectionId=n1' },
        expect: { status: 200, like: { connections: [{ end_user: null, tags: {}, errors: [] }] } },
    },
    list('', ['n1', 'b1', 'k1', 'octo']),
    list('', ['n1', 'b1', 'k1', 'octo'], '/connection'),
    list('limit=1', ['n1']),
    list('limit=2&page=1', ['k1', 'octo']),
    list('limit=2&page=2', []),
    list('limit=2000', ['n1', 'b1', 'k1', 'octo']),
    list('limit=1.5', ['n1']),
    list('search=CTO', ['octo']),
    list('search=octo%20cat', ['octo']),
    list('search=example.com', ['octo']),
    list('connectionId=oct', []),
    list('endUserId=user-1', ['octo']),
    list('endUserId=user', []),
    list('endUserOrganizationId=org-1', ['octo']),
    list('integrationId=github,%20none', ['n1', 'octo']),
    list('tags[TEAM]=blue', ['k1', 'octo']),
    list('tags[team]=blue&tags[env]=dev', ['k1']),
    list('tags[team]=BLUE', []),
    badList('limit=0', ['too_small', ['limit']]),
    badList('limit=2001', ['too_big', ['limit']]),
    badList('limit=abc', ['invalid_type', ['limit']]),
    badList('page=-1', ['too_small', ['page']]),
    badList('connectionId=', ['too_small', ['connectionId']]),
    badList(`search=${'s'.repeat(256)}`, ['too_big', ['search']]),
    badList('endUserId=', ['too_small', ['endUserId']]),
    badList('integrationId=', ['too_small', ['integrationId']]),
    badList('endUserOrganizationId=', ['too_small', ['endUserOrganizationId']]),
    badList('tags[1a]=x', ['invalid_key', ['tags', '1a']]),
    badList('tags[a]=', ['too_small', ['tags', 'a']]),
    badList('tags=x', ['invalid_type', ['tags']]),
    badList('nope=1', ['unrecognized_keys', []]),
    {
        contract: '8.1',
        name: 'an integration id of bad form is one that nobody has',
        request: { path: '/connections?integrationId=a%2Fb' },
        expect: { status: 200, body: { connections: [] } },
    },
    ...['/connections', '/connection'].map(
        (base): Row => ({
            contract: '8.2',
            request: get('', base),
            expect: {
                status: 200,
                keys: full,
                keysAt: { credentials: ['type', 'access_token', 'expires_at', 'raw'], connection_config: ['subdomain'] },
                like: {
                    created_at: expect.stringMatching(offset),
                    updated_at: expect.stringMatching(offset),
                    last_fetched_at: expect.stringMatching(offset),
                    webhook_url_override: null,
                    metadata: { plan: 'pro' },
                    credentials: { type: 'OAUTH2', expires_at: '2026-03-01T20:00:00.000Z', raw: { deep: [{ kept: 1 }] } },
                },
            },
            after: ({ text }) => expect(text).not.toMatch(/refresh.?token/i),
        }),
    ),
    ...['true', '1', 'YES', 'on', 'y', 'enabled', 'True'].map(
        (value): Row => ({
            contract: '4',
            request: get(`&refresh_token=${value}`),
            expect: {
                status: 200,
                like: {
                    credentials: { refresh_token: 'r', raw: { refresh_token: 'r' } },
                    connection_config: { refreshToken: 'r' },
                },
            },
        }),
    ),
    ...['false', '0', 'no', 'off', 'N', 'disabled'].map(
        (value): Row => ({
            contract: '4',
            request: get(`&refresh_token=${value}&force_refresh=${value}&refresh_github_app_jwt_token=${value}`),
            expect: { status: 200 },
            after: ({ body }) => expect(body.credentials).not.toHaveProperty('refresh_token'),
        }),
    ),
    ...['', 'maybe', '2'].map(
        (value): Row => ({
            contract: '8.2',
            request: get(`&refresh_token=${value}`),
            expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_value', ['refresh_token']]] },
        }),
    ),
    {
        contract: '8.2',
        request: { path: '/connections/octo' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['provider_config_key']]] },
    },
    {
        contract: '8.2',
        request: { path: '/connections/octo?provider_config_key=a%2Fb' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_format', ['provider_config_key']]] },
    },
    {
        contract: '8.2',
        request: get('&nope=1'),
        expect: { status: 400, code: 'invalid_query_params', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '8.2',
        request: { path: `/connections/${'c'.repeat(256)}?provider_config_key=github` },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['too_big', ['connectionId']]] },
    },
    {
        contract: '8.2',
        request: { path: '/connections/octo?provider_config_key=nope' },
        expect: { status: 400, code: 'unknown_provider_config' },
    },
    {
        contract: '8.2',
        request: { path: '/connections/nobody?provider_config_key=github' },
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '8.2',
        name: 'without read_credentials',
        request: { ...get(''), key: () => reader },
        expect: { status: 200, keys: full, like: { credentials: {} }, keysAt: { credentials: [] } },
    },
    ...['force_refresh', 'refresh_token', 'refresh_github_app_jwt_token'].map(
        (flag): Row => ({
            contract: '8.2',
            name: `${flag} without read_credentials`,
            request: { ...get(`&${flag}=true`), key: () => reader },
            expect: { status: 403, code: 'forbidden', message: true },
        }),
    ),
    {
        contract: '8.3',
        name: 'API_KEY',
        request: { path: '/connections/k1?provider_config_key=key-api' },
        expect: {
            status: 200,
            like: { credentials: { type: 'API_KEY', apiKey: 'k' } },
            keysAt: { credentials: ['type', 'apiKey'] },
        },
    },
    {
        contract: '8.3',
        name: 'BASIC',
        request: { path: '/connections/b1?provider_config_key=basic' },
        expect: { status: 200, keysAt: { credentials: ['type', 'username', 'password'] } },
    },
    {
        contract: '8.3',
        name: 'NONE has no type',
        request: { path: '/connections/n1?provider_config_key=none' },
        expect: { status: 200, keysAt: { credentials: [] } },
    },
    {
        contract: '8.2',
        name: 'a refresh that fails',
        before: () => emulator.control.failRefresh({ providerConfigKey: 'github', connectionId: 'octo' }),
        request: get('&force_refresh=true'),
        expect: {
            status: 400,
            code: 'invalid_credentials',
            message: true,
            keysAt: {
                error: ['code', 'message', 'payload'],
                'error.payload.connection': full,
                'error.payload.connection.credentials': [],
            },
        },
    },
    {
        contract: '8.1',
        name: 'the list shows it',
        request: { path: '/connections?connectionId=octo' },
        expect: {
            status: 200,
            like: { connections: [{ errors: [{ type: 'auth', log_id: expect.any(String) }] }] },
            keysAt: { 'connections.0.errors.0': ['type', 'log_id'] },
        },
    },
    {
        contract: '8.2',
        name: 'then back-off, although the token is good',
        request: get(''),
        expect: { status: 424, code: 'invalid_credentials', message: true },
    },
    {
        contract: '8.2',
        name: 'without read_credentials there is no back-off',
        request: { ...get(''), key: () => reader },
        expect: { status: 200, keys: full, keysAt: { credentials: [] } },
    },
    {
        contract: '8.2',
        name: 'force_refresh goes around the back-off',
        request: get('&force_refresh=true'),
        expect: { status: 400, code: 'invalid_credentials' },
    },
];

replay(() => emulator, rows);
