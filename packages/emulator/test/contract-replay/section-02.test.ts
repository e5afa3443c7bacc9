import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultAccountKey, type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, type Sent, send } from './replay.js';

let emulator: RunningEmulator;
let session: string;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            keys: [
                { secret: '11111111-1111-4111-8111-111111111111', scopes: [] },
                { secret: '33333333-3333-4333-8333-333333333333', kind: 'script', scopes: ['environment:*'] },
            ],
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'unauthenticated', unique_key: 'none' },
            ],
            connections: [{ provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } }],
        },
    });
    const created = await send(emulator, {
        method: 'POST',
        path: '/connect/sessions',
        body: { end_user: { id: 'u' }, allowed_integrations: ['none'] },
    });
    session = created.body.data.token;
});
afterAll(() => emulator.close());

const unknownKey = '99999999-9999-4999-8999-999999999999';
const refused = (name: string, headers: Record<string, string>, code: string, path = '/connections'): Row => ({
    contract: '2.2',
    name,
    request: { path, key: null, headers },
    expect: { status: 401, code, message: true, payload: {}, limited: false },
});
const as = (authorization: string) => ({ Authorization: authorization });
const accountRoutes = ['/connections', '/integrations', '/providers', '/v1/x', '/proxy/x', '/config/key-api'];

const rows: Row[] = [
    refused('no Authorization', {}, 'missing_auth_header'),
    refused('a key of another form', as('Bearer nope'), 'invalid_secret_key_format'),
    refused('a UUID of version 1', as('Bearer 11111111-1111-1111-8111-111111111111'), 'invalid_secret_key_format'),
    refused('an unknown key', as(`Bearer ${unknownKey}`), 'unknown_account'),
    refused('an unknown sandbox key', as('Bearer nango_sbx_v1_a.b.c'), 'unknown_account'),
    refused('bearer in lower case', as(`bearer ${unknownKey}`), 'invalid_secret_key_format'),
    refused('Basic', as(`Basic ${Buffer.from(`${unknownKey}:`).toString('base64')}`), 'invalid_secret_key_format'),
    refused('no key after Bearer', as('Bearer Bearer '), 'invalid_secret_key_format'),
    refused(
        'a session token malformed',
        as('Bearer nango_connect_session_xyz'),
        'invalid_connect_session_token_format',
        '/providers',
    ),
    refused(
        'a key where a session is wanted',
        as(`Bearer ${unknownKey}`),
        'invalid_connect_session_token_format',
        '/connect/session',
    ),
    refused(
        'a session nobody knows',
        as(`Bearer nango_connect_session_${'0'.repeat(64)}`),
        'unknown_connect_session_token',
        '/connect/session',
    ),
    refused(
        'a session nobody knows, on /integrations',
        as(`Bearer nango_connect_session_${'0'.repeat(64)}`),
        'unknown_connect_session_token',
        '/integrations',
    ),
    refused('nothing where a session is wanted', {}, 'missing_auth_header', '/connect/session'),
    refused('a key of a script without the header', as('Bearer 33333333-3333-4333-8333-333333333333'), 'unknown_account'),
    {
        contract: '2.1',
        name: 'a customer key with Nango-Is-Script: true',
        request: { path: '/connections', headers: { 'Nango-Is-Script': 'true' } },
        expect: { status: 401, code: 'unknown_account', payload: {}, limited: false },
    },
    {
        contract: '2.1',
        name: 'Nango-Is-Script: false',
        request: { path: '/connections', headers: { 'Nango-Is-Script': 'false' } },
        expect: { status: 200 },
    },
    {
        contract: '2.1',
        name: 'an internal key with Nango-Is-Script: true',
        request: { path: '/connections', key: '33333333-3333-4333-8333-333333333333', headers: { 'Nango-Is-Script': 'true' } },
        expect: { status: 200 },
    },
    {
        contract: '2.1',
        name: 'a bare key without a scheme',
        request: { path: '/connections', key: null, headers: () => as(emulator.apiKey) },
        expect: { status: 200 },
    },
    {
        contract: '2.1',
        name: 'a key in upper case is another one',
        request: { path: '/connections', key: () => emulator.apiKey.toUpperCase() },
        expect: { status: 401, code: 'unknown_account', limited: false },
    },
    ...['/providers', '/providers/github', '/integrations'].map(
        (path): Row => ({
            contract: '2.1',
            name: `a session token on ${path}`,
            request: { path, key: () => session },
            expect: { status: 200, keys: ['data'] },
        }),
    ),
    {
        contract: '6.2',
        name: 'a session sees its own integrations only',
        request: { path: '/integrations', key: () => session },
        expect: { status: 200, like: { data: [{ unique_key: 'none' }] } },
        after: ({ body }) => expect(body.data).toHaveLength(1),
    },
    ...['/providers/github/templates', '/integrations/none', '/connections', '/environment-variables', '/proxy/x'].map(
        (path): Row => ({
            contract: '2.4',
            name: `a session token on ${path}`,
            request: { path, key: () => session },
            expect: { status: 401, code: 'invalid_secret_key_format', limited: false },
        }),
    ),
    ...accountRoutes.map(
        (path): Row => ({
            contract: '2.3',
            name: `an account key on ${path}`,
            request: { path, key: defaultAccountKey },
            expect: { status: 403, code: 'forbidden', message: true },
        }),
    ),
    {
        contract: '2.3',
        name: 'an environment key on an account route',
        request: { method: 'POST', path: '/environments', body: { name: 'x' } },
        expect: { status: 403, code: 'forbidden', message: true },
    },
    {
        contract: '2.4',
        name: 'a key without scopes reads providers',
        request: { path: '/providers/github', key: '11111111-1111-4111-8111-111111111111' },
        expect: { status: 200 },
    },
    {
        contract: '2.4',
        name: 'a key without scopes reads templates',
        request: { path: '/providers/github/templates', key: '11111111-1111-4111-8111-111111111111' },
        expect: { status: 200, body: { data: [] } },
    },
    {
        contract: '1.2',
        name: 'the scope before validation',
        request: { method: 'POST', path: '/integrations?nope=1', body: {}, key: '11111111-1111-4111-8111-111111111111' },
        expect: { status: 403, code: 'forbidden' },
    },
];

replay(() => emulator, rows);

/** Each route with the scopes of which any one opens it (contract 2.4). */
const routes: [sent: Sent, scopes: string[]][] = [
    [{ path: '/integrations' }, ['integrations:list', 'integrations:list_credentials']],
    [{ path: '/integrations/nope' }, ['integrations:read', 'integrations:read_credentials']],
    [{ path: '/config/nope' }, ['integrations:read', 'integrations:read_credentials']],
    [{ method: 'POST', path: '/integrations', body: {} }, ['integrations:create']],
    [{ method: 'POST', path: '/integrations/quickstart', body: {} }, ['integrations:create']],
    [{ method: 'PATCH', path: '/integrations/nope', body: {} }, ['integrations:update']],
    [{ method: 'DELETE', path: '/integrations/nope' }, ['integrations:delete']],
    [{ path: '/scripts/config' }, ['integrations:list_functions']],
    [{ path: '/integrations/nope/functions' }, ['functions:list']],
    [{ path: '/integrations/nope/functions/x' }, ['functions:read']],
    [{ path: '/integrations/nope/functions/x/code' }, ['functions:read']],
    [{ method: 'DELETE', path: '/integrations/nope/functions/x?type=sync' }, ['functions:delete']],
    [{ path: '/connections' }, ['connections:list', 'connections:list_credentials']],
    [{ path: '/connection' }, ['connections:list', 'connections:list_credentials']],
    [{ path: '/connections/nope?provider_config_key=x' }, ['connections:read', 'connections:read_credentials']],
    [{ path: '/connection/nope?provider_config_key=x' }, ['connections:read', 'connections:read_credentials']],
    [{ method: 'POST', path: '/connections', body: {} }, ['connections:create']],
    [{ method: 'POST', path: '/connection', body: {} }, ['connections:create']],
    [{ method: 'PATCH', path: '/connections/nope?provider_config_key=x', body: {} }, ['connections:update']],
    [{ method: 'POST', path: '/connections/metadata', body: {} }, ['connections:update']],
    [{ method: 'PATCH', path: '/connections/metadata', body: {} }, ['connections:update']],
    [{ method: 'POST', path: '/connection/metadata', body: {} }, ['connections:update']],
    [{ method: 'PATCH', path: '/connection/metadata', body: {} }, ['connections:update']],
    [{ method: 'POST', path: '/connection/x/metadata', body: {} }, ['connections:update']],
    [{ method: 'PATCH', path: '/connection/x/metadata', body: {} }, ['connections:update']],
    [{ method: 'DELETE', path: '/connections/nope?provider_config_key=x' }, ['connections:delete']],
    [{ method: 'DELETE', path: '/connection/nope?provider_config_key=x' }, ['connections:delete']],
    [{ method: 'POST', path: '/connect/sessions', body: {} }, ['connect_sessions:write']],
    [{ method: 'POST', path: '/connect/sessions/reconnect', body: {} }, ['connect_sessions:write']],
    [{ path: '/records' }, ['records:read']],
    [{ method: 'PATCH', path: '/records/prune', body: {} }, ['records:write']],
    [{ path: '/sync/status' }, ['syncs:read']],
    [{ method: 'POST', path: '/sync/trigger', body: {} }, ['syncs:execute']],
    [{ method: 'POST', path: '/sync/start', body: {} }, ['syncs:execute']],
    [{ method: 'POST', path: '/sync/pause', body: {} }, ['syncs:execute']],
    [{ method: 'PUT', path: '/sync/update-connection-frequency', body: {} }, ['syncs:update']],
    [{ method: 'POST', path: '/sync/x/variant/y', body: {} }, ['syncs:variant:create']],
    [{ method: 'DELETE', path: '/sync/x/variant/y', body: {} }, ['syncs:variant:delete']],
    [{ method: 'POST', path: '/action/trigger', body: {} }, ['actions:execute']],
    [{ path: '/action/x' }, ['actions:execute']],
    [{ path: '/proxy/x' }, ['proxy']],
    [{ path: '/environment-variables' }, ['variables:read']],
    [{ method: 'POST', path: '/environment/webhook-signing-key/rotate' }, ['webhook_signing_key:rotate']],
];
const everyScope = [...new Set(routes.flatMap(([, scopes]) => scopes))];

test('2.4 every route opens to each of its scopes and to no other', async () => {
    for (const [sent, scopes] of routes) {
        const place = `${sent.method ?? 'GET'} ${sent.path}`;
        for (const scope of scopes) {
            const { secret } = await emulator.control.key({ scopes: [`environment:${scope}`] });
            const answer = await send(emulator, { ...sent, key: secret });
            expect(answer.status, `${place} with ${scope}`).not.toBe(403);
            expect(answer.headers['x-ratelimit-limit'], place).toBeDefined();
        }
        const others = everyScope.filter((scope) => !scopes.includes(scope)).map((scope) => `environment:${scope}`);
        const { secret } = await emulator.control.key({ scopes: [...others, 'account:*', 'environment'] });
        const answer = await send(emulator, { ...sent, key: secret });
        expect(answer.status, place).toBe(403);
        expect(answer.headers['x-ratelimit-limit'], place).toBeDefined();
        expect(Object.keys(answer.body.error), place).toEqual(['code', 'message']);
        expect(answer.body.error.code, place).toBe('forbidden');
        for (const wanted of scopes) expect(answer.body.error.message, place).toContain(`environment:${wanted}`);
    }
});

test('2.4 a scope that ends in :* covers what begins with it, and nothing else', async () => {
    const { secret } = await emulator.control.key({ scopes: ['environment:syncs:*'] });
    for (const [sent, scopes] of routes) {
        const { status } = await send(emulator, { ...sent, key: secret });
        const covered = scopes.some((scope) => scope.startsWith('syncs:'));
        expect(status === 403, `${sent.method ?? 'GET'} ${sent.path}`).toBe(!covered);
    }
});

test('2.4 account routes open to each of their scopes and to no other', async () => {
    const routes: [sent: Sent, scope: string][] = [
        [{ method: 'POST', path: '/environments', body: {} }, 'account:environments:create'],
        [{ method: 'DELETE', path: '/environments/77' }, 'account:environments:delete'],
        [{ method: 'POST', path: '/environment/api-keys', body: {} }, 'account:environments:api_keys:create'],
        [{ method: 'DELETE', path: '/environment/api-keys', body: {} }, 'account:environments:api_keys:delete'],
    ];
    for (const [, scope] of routes) {
        const { secret } = await emulator.control.key({ kind: 'account', scopes: [scope] });
        for (const [sent, wanted] of routes) {
            const { status, body } = await send(emulator, { ...sent, key: secret });
            if (wanted === scope) expect([400, 404]).toContain(status);
            else expect([status, body.error.code]).toEqual([403, 'forbidden']);
        }
    }
});
