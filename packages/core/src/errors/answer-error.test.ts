import { expect, expectTypeOf, test } from 'vitest';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { operation } from '../types/operation.js';
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
])("Nango's %i %j has a class of its own", async (status, body, type) => {
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

test("an action's failed upstream is reported", async () => {
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

test("a provider's wait is reported", async () => {
    expect(((await failure(proxied, 429, {}, { 'retry-after': '30' })) as NangoProviderError).retryAfter).toBe(30);
});

test.each<[string, typeof own | typeof proxied, number, unknown, string]>([
    [
        'code and words',
        own,
        400,
        coded('invalid_thing'),
        'Nango answered 400 invalid_thing: text [GET /connections/{connectionId}]',
    ],
    ['a code alone', own, 400, { error: { code: 'invalid_thing', message: '' } }, 'Nango answered 400 invalid_thing ['],
    ['words alone', own, 400, { error: { message: 'no such thing' } }, 'Nango answered 400 no such thing ['],
    ['the old envelope', own, 400, { error: 'no such thing' }, 'Nango answered 400 no such thing ['],
    ['no envelope', own, 400, { code: 'bad', message: 'words' }, 'Nango answered 400 bad: words ['],
    ['a page', own, 502, `  <html>${'x'.repeat(300)}`, `Nango answered 502 <html>${'x'.repeat(194)} [`],
    ['nothing', own, 502, '', 'Nango answered 502 [GET /connections/{connectionId}]'],
    ['null', own, 502, null, 'Nango answered 502 ['],
    ['null in the envelope', own, 400, { error: null, message: 'words' }, 'Nango answered 400 words ['],
    ['a number', own, 400, 7, 'Nango answered 400 ['],
    ['a number for a code', own, 400, { error: { code: 7, message: 'words' } }, 'Nango answered 400 words ['],
    [
        'checks that failed',
        own,
        400,
        {
            error: {
                code: 'invalid_body',
                errors: [
                    { code: 'a', message: 'Required', path: ['end_user', 'id'] },
                    { code: 'too_long', path: 'x' },
                ],
            },
        },
        'Nango answered 400 invalid_body (end_user.id: Required; too_long) [',
    ],
    [
        'checks that are no list',
        own,
        400,
        { error: { code: 'invalid_body', errors: 'many' } },
        'Nango answered 400 invalid_body [',
    ],
    [
        "a provider's own",
        proxied,
        404,
        { message: 'Not Found' },
        'the provider answered 404 Not Found [GET /proxy/{connectionId}]',
    ],
    ["a provider's or Nango's", proxied, 400, coded('server_error'), 'the provider or Nango answered 400 server_error: text ['],
])('the message says who answered what: %s', async (_what, op, status, body, words) => {
    expect((await failure(op, status, body)).message).toContain(`${op.name}: ${words}`);
});

test.each([
    ['unknown_account', 'check `apiKey` and `host`'],
    ['invalid_secret_key_format', "`apiKey` must be the environment's API key, a UUID"],
    ['invalid_credentials', 'see isReconnectRequired()'],
])('%s: the message ends with what to do', async (code, hint) => {
    const { message } = await failure(own, 401, coded(code));
    expect(message.endsWith(hint)).toBe(true);
    expect((await failure(own, 401, coded('other'))).message.endsWith(']')).toBe(true);
});

test.each(['constructor', '__proto__', 'toString'])(
    'a code that every object has a member of (%s) is a code like any other',
    async (code) => {
        for (const op of [own, proxied]) {
            const error = await failure(op, 400, coded(code));
            expect(error).toBeInstanceOf(NangoApiError);
            expect(error.code).toBe(code);
            expect(error.message.endsWith(']')).toBe(true);
        }
    },
);

test('an empty code counts as absent', async () => {
    expect((await failure(own, 400, { error: { code: '', message: 'words' } })).code).toBeUndefined();
    expect((await failure(own, 400, { error: '' })).message).toContain('answered 400 [');
});

test('a rate limit error without numbers has none', async () => {
    const error = (await failure(own, 429, '', { 'x-ratelimit-limit': 'many' })) as NangoRateLimitError;
    expect(error.name).toBe('NangoRateLimitError');
    expect([error.retryAfter, error.limit, error.remaining, error.resetAt]).toEqual([undefined, undefined, undefined, undefined]);
});

test.each([
    [
        { status: 'odd', headers: 1, body: 2 },
        { status: undefined, headers: 1, body: 2 },
    ],
    ['down', undefined],
    [null, undefined],
    [undefined, undefined],
])("an action's upstream %j is reported as far as it can be", async (upstream, told) => {
    const error = (await failure(own, 424, { error: { code: 'script_http_error', upstream } })) as NangoProviderError;
    expect([error.name, error.source]).toEqual(['NangoProviderError', 'provider']);
    expect(error.upstream).toEqual(told);
});

test("an action that met its provider's limit failed for its provider", async () => {
    const error = (await failure(own, 429, coded('script_api_rate_limit_error'), { 'retry-after': '9' })) as NangoProviderError;
    expect([error.name, error.source, error.retryAfter]).toEqual(['NangoProviderError', 'provider', 9]);
});

test("the status text and the request's id are kept, odd ones are not", async () => {
    const error = await failure(own, 404, coded('not_found'), { 'x-request-id': 'r-1' });
    expect(error.requestId).toBe('r-1');
    expect(error).toMatchObject({ sent: true, method: 'GET', isAxiosError: true });
    expect((await failure(own, 404, '')).requestId).toBeUndefined();
});

test('a code that only begins like those of a missing thing is another error with another status', async () => {
    expect((await failure(own, 409, coded('unknown_connection'))).name).toBe('NangoApiError');
    expect((await failure(own, 400, coded('not_unknown_thing'))).name).toBe('NangoApiError');
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

test("a provider's list of errors is its own; the message quotes it", async () => {
    const google = { error: { code: 404, message: 'Not found.', errors: [{ message: 'Not found.', reason: 'notFound' }] } };
    const error = await failure(proxied, 404, google);
    expect(error.errors).toEqual([]);
    expect(error.response.data).toEqual(google);
    expect(error.message).toBe('proxy: the provider answered 404 Not found. [GET /proxy/{connectionId}]');
    const graphql = await failure(proxied, 400, { errors: [{ message: 'Cannot query x' }, null, {}] });
    expect(graphql.message).toContain('answered 400 Cannot query x [');
});

test('an issue without words or path leaves no empty brackets', async () => {
    const { message } = await failure(own, 400, { error: { code: 'invalid_body', errors: [{}, null, { path: [], code: 'x' }] } });
    expect(message).toContain('answered 400 invalid_body (x) [');
    expect((await failure(own, 400, { error: { code: 'invalid_body', errors: [{}] } })).message).toContain('400 invalid_body [');
});
