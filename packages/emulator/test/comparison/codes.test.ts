import { beforeEach, describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.js';
import { type Call, caller, noon, oauthCredentials } from '../support/scene.js';

/* What a wider comparison with a running server showed about codes and headers of all routes. */

let emulator: Emulator;
let call: Call;

beforeEach(() => {
    emulator = createEmulator({
        frozenAt: noon,
        seed: {
            integrations: [
                { provider: 'unauthenticated', unique_key: 'None-1' },
                { provider: 'hubspot', unique_key: 'hubspot', credentials: oauthCredentials },
                { provider: 'private-api-bearer', unique_key: 'key-api' },
            ],
            connections: [{ provider_config_key: 'None-1', connection_id: 'Mixed-Case', credentials: { type: 'NONE' } }],
        },
    });
    call = caller(emulator);
});

describe('CORS headers (contract 1)', () => {
    const cors = (answer: { headers: Headers }) => answer.headers.get('access-control-allow-origin');

    test('are on answers of the API, refusals included', async () => {
        expect(cors(await call('GET', '/connections'))).toBe('*');
        expect(cors(await call('GET', '/connections', { key: null }))).toBe('*');
        expect(cors(await call('GET', '/nowhere'))).toBe('*');
    });

    test.each([
        ['broken JSON', '{', 'application/json', 400],
        ['a JSON scalar', '"text"', 'application/json', 400],
        ['another type', 'a', 'text/plain', 415],
    ])('are not on what is refused before routing: %s', async (_, body, type, status) => {
        const answer = await call('POST', '/connections', { body, headers: { 'Content-Type': type } });
        expect([answer.status, cors(answer)]).toEqual([status, null]);
    });

    test('are not on /health and /ready, and on beacons only for the Connect page', async () => {
        expect(cors(await call('GET', '/health'))).toBeNull();
        expect(cors(await call('GET', '/ready'))).toBeNull();
        const beacon = await call('POST', '/connect/telemetry', { key: null, body: {} });
        expect([beacon.status, cors(beacon)]).toEqual([401, null]);
    });
});

describe('paths', () => {
    test('are matched without regard to case; ids keep theirs', async () => {
        expect((await call('POST', '/Connections', { body: {} })).body.error.code).toBe('invalid_body');
        expect((await call('GET', '/CONNECTIONS/Mixed-Case?provider_config_key=None-1')).status).toBe(200);
        expect((await call('GET', '/connections/mixed-case?provider_config_key=None-1')).status).toBe(404);
        expect((await call('GET', '/Integrations/None-1')).status).toBe(200);
        expect((await call('POST', '/Connections/METADATA', { body: {} })).body.error.code).toBe('invalid_body');
        expect((await call('GET', '/Proxy/x')).body.error.code).toBe('invalid_headers');
        expect((await call('GET', '/V1/x')).body.error.code).toBe('invalid_headers');
        expect((await call('POST', '/Api-Auth/Basic/None-1', { key: null, body: {} })).body.error.code).toBe(
            'missing_public_key',
        );
    });

    test('of nobody: GET and HEAD get the page, which may not be cached', async () => {
        for (const method of ['GET', 'HEAD']) {
            const answer = await call(method, '/nowhere');
            expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache, private']);
        }
    });

    test.each(['%', '%zz', '%00'])('with %s are refused, where the server falls over', async (part) => {
        expect((await call('GET', `/connections/${part}?provider_config_key=None-1`)).status).toBe(400);
    });
});

test('a body in another charset is refused, where the server falls over', async () => {
    const headers = { 'Content-Type': 'application/json; charset=latin1' };
    expect((await call('POST', '/connections', { body: {}, headers })).status).toBe(400);
});

test('a NUL in a value is refused, where the server falls over', async () => {
    const body = {
        provider_config_key: 'None-1',
        connection_id: 'c',
        credentials: { type: 'NONE' },
        metadata: { a: { b: ['\0'] } },
    };
    expect((await call('POST', '/connections', { body })).body.error.code).toBe('invalid_body');
    expect((await call('GET', '/connections?search=a%00')).body.error.code).toBe('invalid_query_params');
});

test('/mcp checks its headers, and streams nothing', async () => {
    expect((await call('POST', '/mcp', { body: {} })).body.error.code).toBe('invalid_headers');
    const stream = await call('GET', '/mcp');
    expect([stream.status, stream.body]).toEqual([
        405,
        { jsonrpc: '2.0', error: { code: -32_000, message: expect.any(String) }, id: null },
    ]);
});

test.each([
    '/oauth/connect/None-1?',
    '/api-auth/api-key/None-1?',
    '/api-auth/basic/None-1?',
    '/auth/unauthenticated/None-1?',
    '/auth/jwt/None-1?',
    '/auth/two-step/None-1?',
    '/auth/tba/None-1?',
    '/auth/bill/None-1?',
    '/auth/signature/None-1?',
    '/auth/aws-sigv4/None-1?',
    '/oauth2/auth/None-1?',
    '/auth/oauth-outbound/None-1?',
])('an unknown public key on %s (contract 16.4)', async (path) => {
    const method = path.startsWith('/oauth/connect') ? 'GET' : 'POST';
    const answer = await call(method, `${path}public_key=11111111-1111-4111-8111-111111111111`, { key: null });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'unknown_account']);
});

describe('webhooks of providers (contract 17.2)', () => {
    const uuid = 'e0e0e0e0-0000-4000-8000-000000000004';
    const receive = (path: string) => call('POST', `/webhook/${path}`, { key: null, body: { portalId: 1 } });

    test('204, and nothing goes on, where no routing script is known; 200 where one is', async () => {
        await emulator.control.settings({ webhook_url: 'http://127.0.0.1:9/' });
        expect((await receive(`${uuid}/key-api`)).status).toBe(204);
        expect(await emulator.control.deliveries()).toEqual([]);
        expect((await receive(`${uuid}/hubspot`)).status).toBe(200);
        expect(await emulator.control.deliveries()).toHaveLength(1);
    });

    test.each([
        ['no-uuid/hubspot', 400, 'invalid_uri_params'],
        [`${uuid}/a%2Fb`, 400, 'invalid_uri_params'],
        ['11111111-1111-4111-8111-111111111111/hubspot', 404, 'unknown_environment'],
        [`${uuid}/nowhere`, 404, 'unknown_provider_config'],
    ])('%s: %d %s, without a message', async (path, status, code) => {
        const answer = await receive(path);
        expect([answer.status, answer.body.error.code]).toEqual([status, code]);
        expect(answer.body.error).not.toHaveProperty('message');
    });

    test('count on a bucket of their own', async () => {
        await emulator.control.rateLimit(3);
        const left = async () => (await receive(`${uuid}/hubspot`)).headers.get('x-ratelimit-remaining');
        expect([await left(), await left()]).toEqual(['2', '1']);
        expect((await call('GET', '/connections')).headers.get('x-ratelimit-remaining')).toBe('2');
        await left();
        expect((await receive(`${uuid}/hubspot`)).status).toBe(429);
    });
});
