import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay, send, uuid } from './replay.js';

let emulator: RunningEmulator;
let open: string;
let locked: string;
let again: string;
const oauth = { client_id: 'ci', client_secret: 'cs' };
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [
                { provider: 'github', unique_key: 'oauth2', credentials: { type: 'OAUTH2', ...oauth } },
                { provider: 'auth0', unique_key: 'cc' },
                { provider: 'private-api-bearer', unique_key: 'api-key' },
                { provider: 'private-api-basic', unique_key: 'basic' },
                { provider: 'netsuite-tba', unique_key: 'tba', credentials: { type: 'TBA', ...oauth } },
                { provider: 'unauthenticated', unique_key: 'none' },
                { provider: 'ghost-admin', unique_key: 'jwt' },
                { provider: 'bill', unique_key: 'bill' },
                { provider: 'jamf-basic', unique_key: 'two-step' },
                { provider: 'emarsys', unique_key: 'signature' },
            ],
            connections: [
                { provider_config_key: 'api-key', connection_id: 'gone', credentials: { type: 'API_KEY', apiKey: 'k' } },
            ],
        },
    });
    const session = async (path: string, body: object) =>
        (await send(emulator, { method: 'POST', path, body })).body.data.token as string;
    open = await session('/connect/sessions', { end_user: { id: 'u' }, tags: { team: 'x' } });
    locked = await session('/connect/sessions', { end_user: { id: 'u' }, allowed_integrations: ['none'] });
    again = await session('/connect/sessions/reconnect', { connection_id: 'gone', integration_id: 'api-key' });
});
afterAll(() => emulator.close());

const auth = (path: string, body?: unknown, token: () => string | undefined = () => open, more = '') => ({
    method: 'POST',
    path: () => `${path}?${token() === undefined ? '' : `connect_session_token=${token()}`}${more}`,
    body,
    key: null,
});
const connects = (path: string, key: string, body?: unknown): Row => ({
    contract: '16.4',
    name: `${path}/${key}`,
    request: auth(`${path}/${key}`, body),
    expect: { status: 200, body: { connectionId: expect.stringMatching(uuid), providerConfigKey: key } },
});
const refused = (name: string, path: string, body: unknown, ...issues: [string, string[]][]): Row => ({
    contract: '16.4',
    name,
    request: auth(path, body),
    expect: { status: 400, code: 'invalid_body', issues },
});
/** The code stands alone. */
const bare = (name: string, request: Row['request'], status: number, code: string): Row => ({
    contract: '16.4',
    name,
    request,
    expect: { status, body: { error: { code } } },
});
const coded = (name: string, request: Row['request'], status: number, code: string): Row => ({
    contract: '16.4',
    name,
    request,
    expect: { status, code },
});
const unauthorised = (name: string, token: string | undefined, code: string, more = ''): Row => ({
    contract: '2.2',
    name,
    request: auth('/api-auth/api-key/api-key', { apiKey: 'k' }, () => token, more),
    expect: { status: 401, code, message: true, limited: false },
});

const rows: Row[] = [
    connects('/api-auth/api-key', 'api-key', { apiKey: 'k' }),
    connects('/api-auth/basic', 'basic', { username: 'u', password: '' }),
    connects('/auth/unauthenticated', 'none'),
    connects('/auth/unauthenticated', 'none', {}),
    connects('/auth/jwt', 'jwt', { privateKey: { id: '1', secret: 'ab' }, more: 1 }),
    connects('/auth/two-step', 'two-step', { username: 'u', password: 'p' }),
    connects('/auth/tba', 'tba', { token_id: 'i', token_secret: 's' }),
    connects('/auth/bill', 'bill', { username: 'u', password: 'p', organization_id: 'o', dev_key: 'd' }),
    connects('/auth/signature', 'signature', { username: 'u', password: 'p', type: 'SIGNATURE' }),
    connects('/oauth2/auth', 'cc', { client_id: 'c', client_secret: 's' }),
    {
        contract: '16.4',
        name: 'the session’s tags and end user',
        request: { path: '/connections?integrationId=api-key&tags[team]=x' },
        expect: { status: 200, like: { connections: [{ end_user: { id: 'u' }, tags: { team: 'x', end_user_id: 'u' } }] } },
    },
    {
        contract: '16.4',
        name: 'params become the connection’s config, webhook_url does not',
        request: auth('/auth/unauthenticated/none', undefined, () => open, '&params[subdomain]=s&params[webhook_url]=https://x'),
        expect: { status: 200 },
    },
    {
        contract: '16.4',
        name: 'as it shows',
        request: { path: '/connections?integrationId=none&limit=1' },
        expect: { status: 200 },
        after: async ({ body }) => {
            const { connection_id } = body.connections[0];
            const answer = await send(emulator, { path: `/connections/${connection_id}?provider_config_key=none` });
            expect(answer.body.connection_config).toEqual({ subdomain: 's' });
        },
    },
    refused('no key', '/api-auth/api-key/api-key', {}, ['invalid_type', ['apiKey']]),
    refused('strict', '/api-auth/api-key/api-key', { apiKey: 'k', nope: 1 }, ['unrecognized_keys', []]),
    refused('no password', '/api-auth/basic/basic', { username: 'u' }, ['invalid_type', ['password']]),
    refused('not empty', '/auth/unauthenticated/none', { a: 1 }, ['unrecognized_keys', []]),
    refused('no secret', '/auth/tba/tba', { token_id: 'i' }, ['invalid_type', ['token_secret']]),
    refused('no dev key', '/auth/bill/bill', { username: 'u', password: 'p', organization_id: 'o' }, [
        'invalid_type',
        ['dev_key'],
    ]),
    refused('region', '/auth/aws-sigv4/none', { role_arn: 'r', region: 'EU' }, ['invalid_format', ['region']]),
    refused('the body is checked before anything is looked up', '/api-auth/api-key/nope', {}, ['invalid_type', ['apiKey']]),
    {
        contract: '16.4',
        name: 'a connection id with a session',
        request: auth('/auth/unauthenticated/none', undefined, () => open, '&connection_id=mine'),
        expect: { status: 400, code: 'invalid_query_params' },
        after: ({ body }) => expect(body.error.errors[0].path).toEqual(['connection_id']),
    },
    {
        contract: '16.4',
        name: 'params that are no object',
        request: auth('/auth/unauthenticated/none', undefined, () => open, '&params=x'),
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['params']]] },
    },
    {
        contract: '16.4',
        name: 'the body before the query before the path',
        request: auth('/api-auth/api-key/a%2Fb', { apiKey: 'k' }, () => open, '&connection_id=a%3Fb'),
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_format', ['connection_id']]] },
    },
    {
        contract: '16.4',
        name: 'a key of bad form',
        request: auth('/api-auth/api-key/a%2Fb', { apiKey: 'k' }),
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['providerConfigKey']]] },
    },
    {
        contract: '16.4',
        name: 'no body',
        request: auth('/api-auth/api-key/api-key'),
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', []]] },
    },
    bare('unknown integration', auth('/api-auth/api-key/nope', { apiKey: 'k' }), 404, 'unknown_provider_config'),
    bare('another mode', auth('/api-auth/api-key/basic', { apiKey: 'k' }), 400, 'invalid_auth_mode'),
    bare(
        'another mode is reported before what the session allows',
        auth('/api-auth/api-key/basic', { apiKey: 'k' }, () => locked),
        400,
        'invalid_auth_mode',
    ),
    bare(
        'not allowed',
        auth('/api-auth/api-key/api-key', { apiKey: 'k' }, () => locked),
        400,
        'integration_not_allowed',
    ),
    {
        contract: '16.5',
        name: 'a popup that is not allowed is answered in JSON',
        request: { path: () => `/oauth/connect/oauth2?connect_session_token=${locked}`, key: null },
        expect: { status: 400, body: { error: { code: 'integration_not_allowed' } } },
    },
    {
        contract: '16.4',
        name: 'a validate-connection function refuses it',
        before: () =>
            emulator.control.deploy({
                integration: 'signature',
                type: 'on-event',
                name: 'check',
                event: 'validate-connection',
                throws: { error: 'No.' },
            }),
        request: auth('/auth/signature/signature', { username: 'u', password: 'p', type: 'SIGNATURE' }),
        expect: { status: 400, body: { error: { code: 'connection_validation_failed', message: 'No.' } } },
    },
    coded('no client id', auth('/oauth2/auth/nope', {}), 400, 'missing_client_id'),
    coded('no client secret', auth('/oauth2/auth/cc', { client_id: 'c' }), 400, 'missing_client_secret'),
    unauthorised('no session', undefined, 'missing_public_key'),
    unauthorised('a public key of bad form', undefined, 'invalid_public_key', 'public_key=nope'),
    unauthorised('a token of bad form', 'nope', 'invalid_connect_session_token_format'),
    unauthorised('an unknown token', `nango_connect_session_${'0'.repeat(64)}`, 'unknown_connect_session_token'),
    {
        contract: '2.2',
        name: 'a public key',
        request: auth(
            '/api-auth/api-key/api-key',
            { apiKey: 'k' },
            () => undefined,
            'public_key=99999999-9999-4999-8999-999999999999',
        ),
        expect: { status: 401, code: 'unknown_account', limited: false },
    },
    {
        contract: '16.5',
        name: 'the popup with an unknown session is answered in JSON',
        request: { path: `/oauth/connect/oauth2?connect_session_token=nango_connect_session_${'0'.repeat(64)}`, key: null },
        expect: { status: 401, code: 'unknown_connect_session_token', limited: false },
    },
    {
        contract: '16.5',
        name: 'the popup goes on, with a cookie',
        request: { path: () => `/oauth/connect/oauth2?connect_session_token=${open}`, key: null },
        expect: { status: 302, headers: { location: /state=/ } },
        after: ({ headers }) => expect(headers['set-cookie']?.[0]).toMatch(/^oauth2-.+=1;.*HttpOnly.*SameSite=Lax/),
    },
    {
        contract: '16.5',
        name: 'the popup of an unknown integration',
        request: { path: () => `/oauth/connect/nope?connect_session_token=${open}`, key: null },
        expect: { status: 400, headers: { 'content-type': /^text\/html/ }, text: /unknown_config_key/ },
    },
    {
        contract: '16.5',
        name: 'the popup of another mode',
        request: { path: () => `/oauth/connect/api-key?connect_session_token=${open}`, key: null },
        expect: { status: 400, headers: { 'content-type': /^text\/html/ }, text: /auth_mode_err/ },
    },
    {
        contract: '16.5',
        name: 'a callback nobody waits for',
        request: { path: '/oauth/callback?state=nope&code=x', key: null },
        expect: { status: 400, headers: { 'content-type': /^text\/html/ }, text: /state_err/, limited: false },
    },
    {
        contract: '15.2',
        name: 'a reconnect session is locked to its integration',
        request: auth('/auth/unauthenticated/none', undefined, () => again),
        expect: { status: 400, body: { error: { code: 'integration_not_allowed' } } },
    },
    {
        contract: '16.4',
        name: 'reconnect keeps the id',
        request: auth('/api-auth/api-key/api-key', { apiKey: 'new' }, () => again),
        expect: { status: 200, body: { connectionId: 'gone', providerConfigKey: 'api-key' } },
    },
    {
        contract: '16.4',
        name: 'with the new credentials',
        request: { path: '/connections/gone?provider_config_key=api-key' },
        expect: { status: 200, like: { credentials: { apiKey: 'new' } } },
    },
    {
        contract: '16.4',
        name: 'the target of a reconnect session is gone',
        before: () => send(emulator, { method: 'DELETE', path: '/connections/gone?provider_config_key=api-key' }),
        request: auth('/api-auth/api-key/api-key', { apiKey: 'k' }, () => again),
        expect: { status: 400, body: { error: { code: 'invalid_connection' } } },
    },
];

replay(() => emulator, rows);
