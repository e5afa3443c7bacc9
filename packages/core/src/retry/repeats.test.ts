import { afterEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { fakeClock } from '../../test/support/fake-clock.js';
import { call, callForResponse } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoApiError, NangoRateLimitError } from '../errors/api-error.js';
import type { RetryEvent } from '../types/hooks.js';
import { type HttpMethod, operation } from '../types/operation.js';
import type { NangoSettings } from '../types/options.js';

afterEach(() => void vi.useRealTimers());

const read = operation({ name: 'read', method: 'GET', path: '/r', idempotent: true });
const repeatable = operation({ name: 'repeatable', method: 'PUT', path: '/r', idempotent: true });
const write = operation({ name: 'write', method: 'POST', path: '/r', idempotent: false });
const proxiedRead = operation({ name: 'proxiedRead', method: 'GET', path: '/proxy/r', idempotent: false, proxied: true });
const proxiedWrite = operation({ name: 'proxiedWrite', method: 'POST', path: '/proxy/r', idempotent: false, proxied: true });
const kinds = { read, repeatable, write, proxiedRead, proxiedWrite };

type Answer = (signal: AbortSignal) => Response | Promise<Response>;
const status =
    (code: number, body: unknown = '', headers: Record<string, string> = {}): Answer =>
    () =>
        new Response(typeof body === 'string' ? body : JSON.stringify(body), { status: code, headers });
const system = (code: string, message = 'it failed'): Answer => {
    return () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }));
};
/** An answer whose body fails. */
const broken =
    (message: string): Answer =>
    () =>
        new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError(message)) }));
const silence: Answer = () => new Promise<never>(() => undefined);
const own429 = status(429, { error: { code: 'too_many_request' } }, { 'retry-after': '0' });

/** A server that answers these in turn, then `{}`; and its client, which repeats once without waiting. */
function meet(answers: Answer[], options: Partial<NangoSettings> = {}) {
    const left = [...answers];
    const waits: number[] = [];
    const causes: RetryEvent['cause'][] = [];
    const fetch = vi.fn(async (_url: RequestInfo | URL, init?: RequestInit) =>
        (left.shift() ?? status(200, {}))(init?.signal as AbortSignal),
    );
    const client = new Client({
        apiKey: 'key-key-key',
        retry: { limit: 1, baseDelay: 0 },
        rateLimit: { isolated: true },
        fetch,
        hooks: {
            onRetry({ wait, cause }) {
                waits.push(wait);
                causes.push(cause);
            },
        },
        ...options,
    });
    return { client, waits, causes, requests: () => fetch.mock.calls.length };
}

describe('which call is sent again after which failure', () => {
    const unavailable = [408, 502, 503, 504, 520, 521, 522, 523, 524];
    test.each<[string, Answer, (keyof typeof kinds)[]]>([
        ...unavailable.map((code): [string, Answer, (keyof typeof kinds)[]] => [
            `a ${code}`,
            status(code),
            ['read', 'repeatable'],
        ]),
        ...[400, 404, 425, 501, 505, 519, 525].map((code): [string, Answer, []] => [`a ${code}`, status(code), []]),
        ['a 500 without a code', status(500, 'oops'), ['read']],
        ['a 500 with a code of Nango', status(500, { error: { code: 'action_script_failure' } }), []],
        ["somebody's 429", status(429, { error: { code: 'too_many_request' } }), []],
        ['a reset', system('ECONNRESET'), ['read', 'repeatable', 'proxiedRead']],
        ['nobody listens', system('ECONNREFUSED'), ['read', 'repeatable', 'write', 'proxiedRead', 'proxiedWrite']],
        ['a refused certificate', system('DEPTH_ZERO_SELF_SIGNED_CERT'), []],
        ['a proxy that lets nothing pass', system('', 'Proxy response (403) !== 200 when HTTP Tunneling'), []],
        [
            'a proxy that finds nobody',
            system('', 'Proxy response (502) !== 200 when HTTP Tunneling'),
            ['read', 'repeatable', 'write', 'proxiedRead', 'proxiedWrite'],
        ],
        ['a body that breaks off', broken('terminated'), ['read', 'repeatable']],
        ['a body that is not what its encoding says', broken('incorrect header check'), []],
        ['no JSON', status(200, '<html>'), []],
        ['a redirect to somebody else', status(307, '', { location: 'https://other.example/' }), []],
        ['silence', silence, ['read', 'repeatable', 'proxiedRead']],
    ])('%s', async (_what, answer, repeated) => {
        const requests: Record<string, number> = {};
        for (const [kind, operation] of Object.entries(kinds)) {
            const server = meet([answer], { timeout: answer === silence ? 10 : 10_000, rateLimit: false });
            await call(server.client, operation, { body: operation.method === 'GET' ? undefined : {} }).catch(() => undefined);
            requests[kind] = server.requests();
        }
        expect(requests).toEqual(
            Object.fromEntries(Object.keys(kinds).map((kind) => [kind, repeated.includes(kind as keyof typeof kinds) ? 2 : 1])),
        );
    });

    describe("a proxied call that asks for it is sent again after its provider's failure", () => {
        const retry = { limit: 1, baseDelay: 0 };
        const requestsAfter = async (method: HttpMethod, answer: Parameters<typeof meet>[0][number]) => {
            const server = meet([answer]);
            await call(server.client, proxiedRead, { method, options: { retry } }).catch(() => undefined);
            return server.requests();
        };

        test.each<HttpMethod>(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT'])('%s', async (method) => {
            for (const answer of [status(503), status(500), status(429, 'slow down')])
                expect(await requestsAfter(method, answer)).toBe(2);
            expect(await requestsAfter(method, status(404))).toBe(1);
        });

        test.each<HttpMethod>(['POST', 'PUT', 'PATCH', 'DELETE'])('%s, unless it may have been done', async (method) => {
            for (const answer of [status(503), status(429, 'slow down')]) expect(await requestsAfter(method, answer)).toBe(2);
            for (const answer of [status(500), broken('terminated'), status(404)])
                expect(await requestsAfter(method, answer)).toBe(1);
        });
    });

    test('the whole call running out of time ends it', async () => {
        const clock = fakeClock();
        const { client, requests, waits } = meet([silence], { totalTimeout: 10 });
        const cut = call(client, read).catch((error: unknown) => error);
        await eventually(() => expect(requests()).toBe(1));
        await clock.pass(10);
        expect(await cut).toMatchObject({ scope: 'total' });
        expect(requests()).toBe(1);
        expect(waits).toEqual([]);
    });
});

test('what ended another call, given as the reason of an abort, is not a failure of this one', async () => {
    const { client: other } = meet([status(503)], { retry: false });
    const reason = await call(other, read).catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(NangoApiError);
    const controller = new AbortController();
    const { client, requests, waits } = meet([silence]);
    const cut = call(client, read, { options: { signal: controller.signal } });
    await eventually(() => expect(requests()).toBe(1));
    controller.abort(reason);
    await expect(cut).rejects.toBe(reason);
    expect(waits).toEqual([]);
});

test('a body that can be sent once is sent once, even if it was not sent at all', async () => {
    const { client, requests } = meet([system('ECONNREFUSED')]);
    const source = { replayable: false, open: () => ({ body: 'once', headers: {} }) };
    await expect(call(client, proxiedWrite, { source })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(requests()).toBe(1);
});

test('the wait doubles with each repeat up to its bound, and the last error is what the caller gets', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const failures = [503, 502, 504, 520, 521, 522, 503].map((code) => status(code));
    const { client, requests, waits } = meet(failures, { retry: { limit: 6, baseDelay: 2, maxDelay: 20 } });
    await expect(call(client, read)).rejects.toMatchObject({ status: 503 });
    expect(waits).toEqual([2, 4, 8, 16, 20, 20]);
    expect(requests()).toBe(7);
});

test('a wait is any part of its bound: calls that failed together come back one by one', async () => {
    vi.spyOn(Math, 'random').mockReturnValueOnce(0.25).mockReturnValueOnce(0);
    const { client, waits } = meet([status(503), status(503)], { retry: { limit: 2, baseDelay: 40 } });
    await call(client, read);
    expect(waits).toEqual([10, 0]);
});

test.each([
    ['65', [65_000]],
    ['66', []],
    ['2', [2_000]],
])('of a Retry-After of %s s, waits of %j ms come', async (seconds, expected) => {
    const controller = new AbortController();
    const { client, waits } = meet([status(503, '', { 'retry-after': seconds })]);
    const answer = call(client, read, { options: { signal: controller.signal } });
    answer.catch(() => undefined);
    if (expected.length > 0) {
        await eventually(() => expect(waits).toHaveLength(1));
        controller.abort(new Error('seen enough'));
    }
    await expect(answer).rejects.toThrow(expected.length > 0 ? 'seen enough' : '503');
    expect(waits).toEqual(expected);
});

test('onRetry reports how far the attempt came', async () => {
    const clock = fakeClock();
    const { client, causes, requests } = meet([status(503), system('ECONNRESET'), system('ECONNREFUSED'), silence], {
        retry: { limit: 4, baseDelay: 0 },
        timeout: 20,
    });
    const answer = call(client, read);
    for (const attempt of [1, 2, 3, 4]) {
        await eventually(() => expect(requests()).toBeGreaterThanOrEqual(attempt));
        if (attempt === 4) await clock.pass(20);
        // The waits before repeats.
        while (requests() === attempt) await clock.pass(1);
    }
    await answer;
    expect(causes).toEqual([
        { status: 503 },
        { progress: 'maybe-sent', code: 'ECONNRESET' },
        { progress: 'not-sent', code: 'ECONNREFUSED' },
        { progress: 'maybe-sent', code: 'ECONNABORTED' },
    ]);
});

test('nobody has to listen', async () => {
    const { client, requests } = meet([status(503)], { hooks: undefined });
    await call(client, read);
    expect(requests()).toBe(2);
});

test('a server that fails everything gets no more than the budget holds, and the limit counts on', async () => {
    // The empty budget lets one more through each 5 s.
    vi.useFakeTimers({ toFake: ['Date'] });
    const { client, requests, waits } = meet(
        Array.from({ length: 100 }, () => status(503)),
        { retry: { limit: 60, baseDelay: 0 } },
    );
    await expect(call(client, read)).rejects.toMatchObject({ status: 503 });
    // 50 in reserve, and one that finds out whether the server is back.
    expect(requests()).toBe(52);
    expect(waits).toHaveLength(60);
});

describe("Nango's own 429", () => {
    test.each(Object.entries(kinds))('is waited for by a %s, without counting as a repeat', async (_kind, operation) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
        const limited = status(429, { error: { code: 'too_many_request', method: 'GET', path: '/' } }, { 'retry-after': '0' });
        const { client, requests, waits } = meet([limited, limited], { retry: false });
        let done = false;
        const answer = callForResponse(client, operation).finally(() => {
            done = true;
        });
        // The clock stands while anything is under way.
        while (!done) {
            for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
            await vi.advanceTimersByTimeAsync(500);
        }
        await answer;
        expect(requests()).toBe(3);
        expect(waits).toEqual([]);
    });

    test('is the end where the call waits for nothing, or can be sent once', async () => {
        const one = meet([own429]);
        await expect(call(one.client, read, { options: { rateLimit: false } })).rejects.toBeInstanceOf(NangoRateLimitError);
        const two = meet([own429]);
        const source = { replayable: false, open: () => ({ body: 'once', headers: {} }) };
        await expect(call(two.client, write, { source })).rejects.toBeInstanceOf(NangoRateLimitError);
        expect([one.requests(), two.requests()]).toEqual([1, 1]);
    });
});
