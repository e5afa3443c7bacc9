import { expect, test, vi } from 'vitest';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoInputError } from '../errors/input-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import type { CallInput } from '../types/call-input.js';
import { type Operation, operation } from '../types/operation.js';
import type { NangoSettings } from '../types/options.js';

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const path = { connectionId: 'c1' };

/** Makes a call, and gives what was sent. */
async function sent(input: CallInput, options: Partial<NangoSettings> = {}, op: Operation = get) {
    const fetch = vi.fn(async (_url: RequestInfo | URL, _init?: RequestInit) => Response.json({}));
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch, ...options });
    await call(client, op, { path, ...input });
    const [url, init] = fetch.mock.calls[0] as [string, RequestInit];
    return { url, method: init.method, body: init.body, headers: Object.fromEntries(new Headers(init.headers)) };
}
/** Refused before anything is sent. */
async function refusal(input: object): Promise<unknown> {
    const fetch = vi.fn();
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch });
    const error = await call(client, get, { path, ...input }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NangoInputError);
    expect(fetch).not.toHaveBeenCalled();
    return error;
}

test("headers: the call's own over its client's, those of the operation over both, and what is undefined is left out", async () => {
    const { headers } = await sent(
        {
            headers: { 'provider-config-key': 'github', 'connection-id': undefined, 'x-c': 'operation' },
            options: { headers: { 'X-B': 'call', 'X-C': 'call' } },
        },
        { headers: { 'x-a': 'client', 'x-b': 'client' } },
    );
    expect(headers).toMatchObject({ 'x-a': 'client', 'x-b': 'call', 'x-c': 'operation', 'provider-config-key': 'github' });
    expect(headers).not.toHaveProperty('connection-id');
    expect(headers.authorization).toBe('Bearer key-key-key');
});

test('where a call goes: its own target and method over those of the operation, below the path of the host', async () => {
    expect(await sent({ query: { a: 1 } })).toMatchObject({
        url: 'https://api.nango.dev/connections/c1?a=1',
        method: 'GET',
        body: null,
    });
    const host = 'https://h.example/base';
    expect(await sent({ target: '/proxy/x?y=1', method: 'POST', body: { b: 1 } }, { host })).toMatchObject({
        url: 'https://h.example/base/proxy/x?y=1',
        method: 'POST',
        body: '{"b":1}',
    });
});

test.each([
    [0, /options must be an object, e\.g\. { signal, timeout }/, 'options'],
    ['5s', /options must be an object/, 'options'],
    [{ timeout: 0 }, /`timeout` must be a number of milliseconds above 0/, 'timeout'],
    [{ totalTimeout: '1' }, /`totalTimeout`/, 'totalTimeout'],
    [{ retry: 3 }, /`retry` must be an object/, 'retry'],
    [{ rateLimit: 'no' }, /`rateLimit` must be an object/, 'rateLimit'],
    [{ signal: new AbortController() }, /`signal` must be an AbortSignal/, 'signal'],
    [{ signal: null }, /`signal` must be an AbortSignal/, 'signal'],
])('options of %o are refused, naming method and option', async (options, message, parameter) => {
    const error = await refusal({ options });
    expect(error).toMatchObject({ message: expect.stringMatching(message), operation: 'getConnection', parameter });
    expect((error as Error).message).toMatch(/^getConnection: /);
});

test.each<[string, Partial<NangoSettings>, CallInput, number | undefined]>([
    ['30 s', {}, {}, 30_000],
    ['and what the call adds', {}, { extraTime: 12_000 }, 42_000],
    ["the client's own", { timeout: 7_000 }, { extraTime: 12_000 }, 7_000],
    ["the call's own", { timeout: 7_000 }, { options: { timeout: 3_000 } }, 3_000],
    ['none for false', { timeout: 7_000 }, { options: { timeout: false } }, undefined],
    ['none for Infinity', { timeout: Number.POSITIVE_INFINITY }, {}, undefined],
])('the time for an attempt: %s', async (_what, options, input, timeout) => {
    expect(await timeLimits(options, input)).toEqual({ attempt: timeout, total: undefined });
});

test('an operation may have its own time limit', async () => {
    expect(await timeLimits({}, { extraTime: 1_000 }, { ...get, timeout: 300_000 })).toMatchObject({ attempt: 301_000 });
});

test.each<[Partial<NangoSettings>, CallInput, number | undefined]>([
    [{ totalTimeout: 90_000 }, {}, 90_000],
    [{ totalTimeout: 90_000 }, { options: { totalTimeout: 80_000 } }, 80_000],
    [{ totalTimeout: 90_000 }, { options: { totalTimeout: false } }, undefined],
])('the time for the whole call: %j and %j make %s', async (options, input, total) => {
    expect(await timeLimits({ timeout: false, ...options }, input)).toEqual({ attempt: undefined, total });
});

/** After how long a call that is never answered ends, and by which limit. */
async function timeLimits(options: Partial<NangoSettings>, input: CallInput, op: Operation = get) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
        const asked = vi.fn(() => new Promise<never>(() => undefined));
        const client = new Client({ apiKey: 'key-key-key', rateLimit: false, retry: false, fetch: asked, ...options });
        const controller = new AbortController();
        let error: unknown;
        const answer = call(client, op, { path, ...input, options: { signal: controller.signal, ...input.options } }).catch(
            (caught: unknown) => {
                error = caught;
            },
        );
        while (asked.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
        await vi.advanceTimersByTimeAsync(3_600_000);
        controller.abort(new Error('over'));
        await answer;
        const { scope, timeout } = error instanceof NangoTimeoutError ? error : {};
        return { attempt: scope === 'attempt' ? timeout : undefined, total: scope === 'total' ? timeout : undefined };
    } finally {
        vi.useRealTimers();
    }
}

test('a limit that ran out is named, with what to raise', async () => {
    const client = new Client({
        apiKey: 'key-key-key',
        rateLimit: false,
        retry: false,
        fetch: () => new Promise<never>(() => undefined),
    });
    await expect(call(client, get, { path, options: { timeout: 5 } })).rejects.toMatchObject({
        message:
            'getConnection: no complete answer within 5 ms (GET /connections/{connectionId}). Raise `timeout` if the call may take longer',
        operation: 'getConnection',
        method: 'GET',
        path: '/connections/{connectionId}',
        progress: 'maybe-sent',
    });
    await expect(call(client, get, { path, options: { totalTimeout: 5 } })).rejects.toThrow(
        'getConnection: gave up after the whole call took 5 ms (GET /connections/{connectionId}). Raise `totalTimeout`',
    );
});

test('secrets of a call are in none of its errors', async () => {
    const echo = async (url: RequestInfo | URL) =>
        Response.json({ error: { code: 'no', message: String(url) } }, { status: 400 });
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch: echo });
    const failed = call(client, get, { path: { connectionId: 'hunter2x' }, secrets: ['hunter2x'] });
    await expect(failed).rejects.toThrow('https://api.nango.dev/connections/[redacted]');
    await expect(call(client, get, { path: { connectionId: 'hunter2x' }, secrets: [] })).rejects.toThrow('hunter2x');
});
