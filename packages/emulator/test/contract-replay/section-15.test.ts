import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, send, zulu } from './replay.js';

let emulator: RunningEmulator;
const start = Date.parse('2026-03-01T12:00:00Z');
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        frozenAt: start,
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                {
                    provider: 'github',
                    unique_key: 'github',
                    credentials: { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs' },
                },
            ],
            connections: [{ provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
        },
    });
});
afterAll(() => emulator.close());

let token: string;
const keep: Row['after'] = ({ body }) => {
    token = body.data.token;
};
const create = (body: unknown) => ({ method: 'POST', path: '/connect/sessions', body });
const reconnect = (body: unknown) => ({ method: 'POST', path: '/connect/sessions/reconnect', body });
const made: Row['expect'] = {
    status: 201,
    keys: ['data'],
    keysAt: { data: ['token', 'connect_link', 'expires_at'] },
    like: {
        data: {
            token: expect.stringMatching(/^nango_connect_session_[0-9a-f]{64}$/),
            connect_link: expect.stringMatching(/^http:\/\/[^?]+\/\?session_token=nango_connect_session_[0-9a-f]{64}$/),
            expires_at: expect.stringMatching(zulu),
        },
    },
};
const end_user = { id: 'u1', email: 'u1@example.com' };
const both = { connection_id: 'c1', integration_id: 'key-api' };
const read = (expected: Row['expect'], after?: Row['after']): Row => ({
    contract: '15.3',
    request: { path: '/connect/session', key: () => token },
    expect: expected,
    ...(after ? { after } : {}),
});
const refused = (name: string, body: unknown, ...issues: [string, string[]][]): Row => ({
    contract: '15.1',
    name,
    request: create(body),
    expect: { status: 400, code: 'invalid_body', issues },
});
const refusedAgain = (name: string, body: unknown, ...issues: [string, string[]][]): Row => ({
    ...refused(name, body, ...issues),
    contract: '15.2',
    request: reconnect(body),
});

const rows: Row[] = [
    {
        contract: '15.1',
        request: create({ end_user }),
        expect: made,
        after: (answer) => {
            keep(answer);
            expect(answer.body.data.expires_at).toBe('2026-03-01T12:30:00.000Z');
        },
    },
    read(
        {
            status: 200,
            keys: ['data'],
            keysAt: {
                data: ['endUser', 'connectUISettings', 'websocketsPath'],
                'data.endUser': ['id', 'display_name', 'email', 'tags', 'organization'],
            },
            like: {
                data: {
                    endUser: { id: 'u1', email: 'u1@example.com', display_name: null, tags: null, organization: null },
                    connectUISettings: {
                        theme: { light: { primary: '#00B2E3' }, dark: { primary: '#00B2E3' } },
                        defaultTheme: 'system',
                        showWatermark: true,
                    },
                },
            },
        },
        ({ body }) => expect(Object.keys(body.data.connectUISettings).sort()).toEqual(['defaultTheme', 'showWatermark', 'theme']),
    ),
    { contract: '15.1', name: 'tags in place of an end user', request: create({ tags: {} }), expect: made, after: keep },
    read({ status: 200, like: { data: { endUser: null } } }),
    {
        contract: '15.1',
        name: 'no restriction',
        request: create({ end_user, allowed_integrations: [] }),
        expect: made,
        after: keep,
    },
    read({ status: 200, keysAt: { data: ['endUser', 'connectUISettings', 'websocketsPath'] } }),
    {
        contract: '15.1',
        name: 'all of it',
        request: create({
            end_user,
            organization: { id: 'o1' },
            tags: { Team: 'x' },
            allowed_integrations: ['github'],
            integrations_config_defaults: {
                github: {
                    user_scopes: 'a,b',
                    authorization_params: { prompt: 'x' },
                    connection_config: { subdomain: 's', oauth_scopes_override: 'c', webhook_url: 'https://hooks.example/x' },
                },
            },
            overrides: { github: {} },
            webhook_url_override: '',
        }),
        expect: made,
        after: keep,
    },
    read(
        {
            status: 200,
            keysAt: {
                data: [
                    'endUser',
                    'connectUISettings',
                    'websocketsPath',
                    'allowed_integrations',
                    'integrations_config_defaults',
                    'overrides',
                ],
                'data.integrations_config_defaults.github': ['connection_config', 'authorization_params'],
                'data.integrations_config_defaults.github.connection_config': ['subdomain', 'oauth_scopes_override'],
            },
            like: { data: { endUser: { organization: { id: 'o1', display_name: null } }, allowed_integrations: ['github'] } },
        },
        ({ body }) => expect(body.data).not.toHaveProperty('isReconnecting'),
    ),
    refused('nothing', {}, ['invalid_type', ['end_user']]),
    refused('an end user that is null, with tags', { end_user: null, tags: {} }, ['invalid_type', ['end_user']]),
    refused('unknown key', { end_user, nope: 1 }, ['unrecognized_keys', []]),
    refused('end user without id', { end_user: {} }, ['invalid_type', ['end_user', 'id']]),
    refused(
        'bad email',
        { end_user: { id: 'u', email: 'x' } },
        ['invalid_format', ['end_user', 'email']],
        ['too_small', ['end_user', 'email']],
    ),
    refused('organization without id', { end_user, organization: {} }, ['invalid_type', ['organization', 'id']]),
    refused('bad integration id', { end_user, allowed_integrations: ['a/b'] }, ['invalid_format', ['allowed_integrations', '0']]),
    refused(
        'unknown integrations',
        {
            end_user,
            allowed_integrations: ['github', 'nope'],
            integrations_config_defaults: { gone: {} },
            overrides: { lost: {} },
        },
        ['custom', ['allowed_integrations', '1']],
        ['custom', ['integrations_config_defaults', 'gone']],
        ['custom', ['overrides', 'lost']],
    ),
    refused('unknown key of the defaults', { end_user, integrations_config_defaults: { github: { nope: 1 } } }, [
        'unrecognized_keys',
        ['integrations_config_defaults', 'github'],
    ]),
    refused(
        'oauth_scopes_override as a list',
        { end_user, integrations_config_defaults: { github: { connection_config: { oauth_scopes_override: ['a'] } } } },
        ['invalid_type', ['integrations_config_defaults', 'github', 'connection_config', 'oauth_scopes_override']],
    ),
    refused(
        'webhook_url of the defaults',
        { end_user, integrations_config_defaults: { github: { connection_config: { webhook_url: 'nope' } } } },
        ['custom', ['integrations_config_defaults', 'github', 'connection_config', 'webhook_url']],
    ),
    refused(
        'authorization_params that are no text',
        { end_user, integrations_config_defaults: { github: { authorization_params: { a: 1 } } } },
        ['invalid_type', ['integrations_config_defaults', 'github', 'authorization_params', 'a']],
    ),
    refused(
        'webhook_url of the defaults on loopback',
        { end_user, integrations_config_defaults: { github: { connection_config: { webhook_url: 'http://127.0.0.1:9' } } } },
        ['custom', ['integrations_config_defaults', 'github', 'connection_config', 'webhook_url']],
    ),
    refused('webhook url', { end_user, webhook_url_override: 'nope' }, ['invalid_union', ['webhook_url_override']]),
    refused('bad tag', { end_user, tags: { a: '' } }, ['too_small', ['tags', 'a']]),
    {
        contract: '15.1',
        name: 'docs_connect without the plan right',
        request: create({ end_user, overrides: { github: { docs_connect: 'https://x' } } }),
        expect: { status: 403, code: 'forbidden', message: true },
    },
    ...(
        [
            [undefined, 'https://hooks.example/old'],
            ['', null],
            ['https://hooks.example/new', 'https://hooks.example/new'],
        ] as const
    ).map(
        ([webhook_url_override, stored]): Row => ({
            contract: '15.1',
            name: `webhook_url of the defaults, webhook_url_override ${webhook_url_override}`,
            request: create({
                end_user,
                webhook_url_override,
                integrations_config_defaults: {
                    'key-api': { connection_config: { a: 'b', webhook_url: 'https://hooks.example/old' } },
                },
            }),
            expect: made,
            after: async ({ body }) => {
                const credentials = { apiKey: 'k' };
                const { connectionId } = await emulator.control.connect({
                    token: body.data.token,
                    integrationId: 'key-api',
                    credentials,
                });
                const { body: connection } = await send(emulator, {
                    path: `/connections/${connectionId}?provider_config_key=key-api`,
                });
                expect([connection.webhook_url_override, connection.connection_config]).toEqual([stored, { a: 'b' }]);
            },
        }),
    ),
    {
        contract: '15.1',
        name: 'an empty docs_connect is no override; other fields of overrides are let pass',
        request: create({
            end_user,
            overrides: { github: { docs_connect: '', more: 1 } },
            integrations_config_defaults: { github: { connection_config: { webhook_url: 'https://hooks.example' } } },
        }),
        expect: made,
        after: keep,
    },
    {
        ...read({ status: 200, keysAt: { 'data.integrations_config_defaults.github': [] } }),
        name: 'a connection_config that held the webhook_url only is gone',
    },
    { contract: '15.2', request: reconnect(both), expect: made, after: keep },
    read({
        status: 200,
        keysAt: { data: ['endUser', 'connectUISettings', 'websocketsPath', 'allowed_integrations', 'isReconnecting'] },
        like: { data: { isReconnecting: true, allowed_integrations: ['key-api'] } },
    }),
    ...[{ connection_id: 'nobody' }, { integration_id: 'github' }, { integration_id: 'nope' }].map(
        (wrong): Row => ({
            contract: '15.2',
            name: JSON.stringify(wrong),
            request: reconnect({ ...both, ...wrong }),
            expect: { status: 400, code: 'invalid_body', message: true, keysAt: { error: ['code', 'message'] } },
        }),
    ),
    refusedAgain('nothing', {}, ['invalid_type', ['connection_id']], ['invalid_type', ['integration_id']]),
    refusedAgain('allowed_integrations are no part of it', { ...both, allowed_integrations: [] }, ['unrecognized_keys', []]),
    refusedAgain('unknown overrides', { ...both, overrides: { nope: {} } }, ['custom', ['overrides', 'nope']]),
    {
        contract: '15.3',
        name: 'query and body must be empty: the query',
        request: { path: '/connect/session?nope=1', key: () => token },
        expect: { status: 400, code: 'invalid_query_params' },
    },
    {
        contract: '15.3',
        name: 'query and body must be empty: the body',
        request: { path: '/connect/session', key: () => token, body: { a: 1 } },
        expect: { status: 400, code: 'invalid_body' },
    },
    {
        contract: '15.5',
        request: {
            method: 'POST',
            path: '/connect/telemetry',
            key: null,
            body: () => ({
                token,
                event: 'view:list',
                timestamp: new Date().toISOString(),
                dimensions: { integration: 'github' },
            }),
        },
        expect: { status: 204 },
    },
    {
        contract: '15.5',
        name: 'the token before all else',
        request: { method: 'POST', path: '/connect/telemetry?nope=1', key: null, body: {} },
        expect: { status: 401, code: 'missing_auth_header', message: true, payload: {}, limited: false },
    },
    {
        contract: '15.5',
        name: 'a token of bad form',
        request: { method: 'POST', path: '/connect/telemetry', key: null, body: { token: 'x' } },
        expect: { status: 401, code: 'invalid_connect_session_token_format', limited: false },
    },
    {
        contract: '15.5',
        name: 'then the query',
        request: { method: 'POST', path: '/connect/telemetry?nope=1', key: null, body: () => ({ token }) },
        expect: { status: 400, code: 'invalid_query_params' },
    },
    {
        contract: '15.5',
        name: 'then the body: too old a moment',
        request: {
            method: 'POST',
            path: '/connect/telemetry',
            key: null,
            body: () => ({ token, event: 'open', timestamp: new Date(Date.now() - 3 * 3_600_000).toISOString() }),
        },
        expect: { status: 400, code: 'invalid_body', issues: [['custom', ['timestamp']]] },
    },
    {
        contract: '15.4',
        name: 'the body must be empty',
        request: { method: 'DELETE', path: '/connect/session', key: () => token, body: { a: 1 } },
        expect: { status: 400, code: 'invalid_body', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '15.4',
        request: { method: 'DELETE', path: '/connect/session', key: () => token },
        expect: { status: 204, text: /^$/ },
    },
    read({ status: 401, code: 'unknown_connect_session_token', message: true, payload: {}, limited: false }),
    { contract: '15.1', name: 'one to expire', request: create({ end_user }), expect: made, after: keep },
    {
        ...read({ status: 401, code: 'unknown_connect_session_token', limited: false }),
        name: 'after 30 minutes',
        before: () => emulator.control.advance(30 * 60_000),
    },
    {
        contract: '15.1',
        name: 'the plan allows no more connections',
        before: () => emulator.control.settings({ plan: { connections: 1 } }),
        request: create({ end_user }),
        expect: { status: 400, code: 'resource_capped' },
    },
    { contract: '15.2', name: 'the cap is not for reconnecting', request: reconnect(both), expect: made },
];

replay(() => emulator, rows);
