import { expect, expectTypeOf, test } from 'vitest';
import { call } from '../call.js';
import { Client } from '../client/client.js';
import { operation } from '../operation.js';
import {
    NangoApiError,
    NangoAuthenticationError,
    NangoNotFoundError,
    NangoPermissionError,
    NangoProviderError,
    NangoRateLimitError,
} from './api-error.js';
import type { NangoErrorCode } from './error-code.js';
import { isReconnectRequired } from './reconnect-required.js';

const own = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const proxied = operation({ name: 'proxy', method: 'GET', path: '/proxy/{connectionId}', idempotent: true, proxied: true });

async function failure(
    op: typeof own | typeof proxied,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
): Promise<NangoApiError> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const client = new Client({
        apiKey: 'key-key-key',
        retry: false,
        rateLimit: false,
        fetch: async () => new Response(text, { status, headers }),
    });
    return call(client, op, { path: { connectionId: 'c' } }).then(
        () => expect.fail('must reject'),
        (error) => error as NangoApiError,
    );
}

const coded = (code: string, rest: object = {}) => ({ error: { code, message: 'text', ...rest } });
const limited = {
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '1795000000',
    'retry-after': '7',
};

test.each([
    [401, coded('unknown_account'), NangoAuthenticationError],
    [403, coded('forbidden'), NangoPermissionError],
    [404, coded('not_found'), NangoNotFoundError],
    [400, { error: { code: 'unknown_connection' } }, NangoNotFoundError],
    [400, coded('unknown_provider_config'), NangoNotFoundError],
    [
        424,
        { error: { code: 'script_http_error', payload: {}, upstream: { status: 503, headers: {}, body: 'down' } } },
        NangoProviderError,
    ],
    [429, { error: { code: 'too_many_request', method: 'GET', path: '/x' } }, NangoRateLimitError],
    [500, coded('server_error'), NangoApiError],
    [502, '<html>Bad Gateway</html>', NangoApiError],
])("Nango's %i %j is told by its class", async (status, body, type) => {
    const error = await failure(own, status, body);
    expect(error.name).toBe(type.name);
    expect(error.status).toBe(status);
    expect(error.operation).toBe('getConnection');
    expect(error.path).toBe('/connections/{connectionId}');
});

test('a rate limit error has the numbers, and the documentation page can read the header', async () => {
    const error = (await failure(own, 429, coded('too_many_request'), limited)) as NangoRateLimitError;
    expect(error).toMatchObject({ retryAfter: 7, limit: 200, remaining: 0, resetAt: new Date(1_795_000_000_000), sent: true });
    expect(error.response.headers['retry-after']).toBe('7');
});

test('every failed check is in `errors` and in the message', async () => {
    const error = await failure(own, 400, {
        error: { code: 'invalid_body', errors: [{ code: 'invalid_type', message: 'Required', path: ['end_user', 'id'] }] },
    });
    expect(error.errors).toEqual([{ code: 'invalid_type', message: 'Required', path: ['end_user', 'id'] }]);
    expect(error.message).toContain('end_user.id: Required');
});

test("an action's failed upstream is told", async () => {
    const error = (await failure(own, 424, {
        error: { code: 'script_http_error', payload: { a: 1 }, upstream: { status: 503, headers: {}, body: 'down' } },
    })) as NangoProviderError;
    expect(error.upstream).toEqual({ status: 503, headers: {}, body: 'down' });
    expect(error.source).toBe('provider');
    expect(error.payload).toEqual({ a: 1 });
});

test.each([
    ["a provider's 401", 401, { message: 'Bad credentials' }, {}, 'NangoProviderError', 'provider'],
    [
        "a provider's 401 in Nango's words, after Nango let the call in",
        401,
        coded('unknown_account'),
        limited,
        'NangoProviderError',
        'provider',
    ],
    ["Nango's 401", 401, coded('unknown_account'), {}, 'NangoAuthenticationError', 'nango'],
    ["a provider's 404", 404, { message: 'Not Found' }, limited, 'NangoProviderError', 'provider'],
    ["Nango's unknown integration", 404, coded('unknown_provider_config'), limited, 'NangoNotFoundError', 'nango'],
    [
        'a missing scope',
        403,
        coded('forbidden', { message: 'needs environment:proxy' }),
        limited,
        'NangoPermissionError',
        'nango',
    ],
    ["somebody's forbidden", 403, coded('forbidden', { message: 'no' }), limited, 'NangoProviderError', 'unknown'],
    [
        "Nango's unknown connection, or a provider that talks the same",
        400,
        coded('server_error'),
        limited,
        'NangoProviderError',
        'unknown',
    ],
    ["Nango's 429", 429, coded('too_many_request'), limited, 'NangoRateLimitError', 'nango'],
    ["a provider's 429", 429, { message: 'slow down' }, limited, 'NangoProviderError', 'provider'],
    [
        'a provider that gave no answer',
        500,
        { message: 'socket hang up', code: 'ECONNRESET', method: 'get' },
        limited,
        'NangoProviderError',
        'provider',
    ],
    ['a refresh that backs off', 424, coded('connection_refresh_backoff'), limited, 'NangoApiError', 'nango'],
])('through the proxy: %s', async (_what, status, body, headers, name, source) => {
    const error = await failure(proxied, status, body, headers);
    expect([error.name, error.source]).toEqual([name, source]);
});

test("a provider's wait is told", async () => {
    expect(((await failure(proxied, 429, {}, { 'retry-after': '30' })) as NangoProviderError).retryAfter).toBe(30);
});

test('only dead credentials ask for a reconnect', async () => {
    expect(isReconnectRequired(await failure(own, 400, coded('invalid_credentials')))).toBe(true);
    expect(isReconnectRequired(await failure(own, 500, coded('invalid_credentials')))).toBe(false);
    expect(isReconnectRequired(await failure(proxied, 424, coded('connection_refresh_backoff')))).toBe(false);
    expect(isReconnectRequired(await failure(own, 502, '<html>'))).toBe(false);
    expect(isReconnectRequired(new Error('invalid_credentials'))).toBe(false);
});

test('`code` suggests the codes that are known, and takes any other', () => {
    expectTypeOf<Extract<NangoErrorCode, 'unknown_connection'>>().toEqualTypeOf<'unknown_connection'>();
    expectTypeOf<NangoApiError['code']>().toEqualTypeOf<NangoErrorCode | undefined>();
    expectTypeOf<string>().toExtend<NangoErrorCode>();
});
