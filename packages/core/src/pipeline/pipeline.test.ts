import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { fakeClock } from '../../test/support/fake-clock.js';
import { call, callForResponse } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import type { Hooks } from '../types/hooks.js';
import { operation } from '../types/operation.js';
import type { NangoSettings } from '../types/options.js';

afterEach(() => void vi.useRealTimers());

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections', idempotent: true });
const proxied = operation({ name: 'proxy', method: 'GET', path: '/proxy', idempotent: false, proxied: true });
const answer = (status: number, headers: Record<string, string> = {}) => Response.json({}, { status, headers });
const client = (fetch: typeof globalThis.fetch, options: Partial<NangoSettings> = {}) =>
    new Client({ apiKey: 'key-key-key', retry: { limit: 2, baseDelay: 0 }, rateLimit: { isolated: true }, fetch, ...options });
/** Statuses one after another, then 200. */
const statuses = (...left: number[]) => vi.fn(async () => answer(left.shift() ?? 200));

test('attempts are counted from 1, and times are those of the attempt and of the call', async () => {
    const requests: number[] = [];
    const durations: number[] = [];
    const hooks: Hooks = {
        onRequest: ({ attempt }) => void requests.push(attempt),
        onResponse: ({ duration }) => void durations.push(duration),
        onError: ({ duration }) => void durations.push(duration),
    };
    vi.useFakeTimers({ toFake: ['Date'] });
    const answers = statuses(503, 502, 404);
    const slow = async () => {
        vi.setSystemTime(Date.now() + 7);
        return answers();
    };
    await call(client(slow, { hooks }), get).catch(() => undefined);
    expect(requests).toEqual([1, 2, 3]);
    expect(durations).toEqual([7, 7, 7, 21]);
});

test('a call that runs out of time reports what it had met until then, and only that', async () => {
    const clock = fakeClock();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const cut = call(client(statuses(503), { retry: { baseDelay: 60_000, maxDelay: 60_000 } }), get, {
        options: { totalTimeout: 30_000 },
    }).catch((error: unknown) => error as NangoTimeoutError);
    await eventually(() => expect(clock.timers).toContain(60_000));
    await clock.pass(30_000);
    const met = await cut;
    clock.stop();
    expect(met).toBeInstanceOf(NangoTimeoutError);
    expect((met as NangoTimeoutError).cause).toMatchObject({ status: 503 });
    const silent = client(() => new Promise<never>(() => undefined), { retry: false });
    for (const options of [{ totalTimeout: 10 }, { timeout: 10 }]) {
        const error = await call(silent, get, { options }).catch((caught: unknown) => caught as NangoTimeoutError);
        expect(error).toBeInstanceOf(NangoTimeoutError);
        expect('cause' in (error as object)).toBe(false);
    }
});

test.each(['timeout', 'totalTimeout', 'signal'] as const)(
    '%s counts while the transport is loaded; nothing is sent',
    async (limit) => {
        const fetch = vi.fn(statuses());
        const controller = new AbortController();
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        // The first call of a client loads what its own fetch needs.
        const sent = call(client(fetch, { retry: false }), get, {
            options: limit === 'signal' ? { signal: controller.signal } : { [limit]: 1_000 },
        }).catch((error: unknown) => error);
        controller.abort('mine');
        vi.advanceTimersByTime(1_000);
        if (limit === 'signal') expect(await sent).toBe('mine');
        else expect(await sent).toMatchObject({ name: 'NangoTimeoutError', timeout: 1_000 });
        expect(fetch).not.toHaveBeenCalled();
    },
);

test('the last error of a call is its own cause neither by itself nor by another', async () => {
    const error = await call(client(statuses(503, 503, 503)), get).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ status: 503 });
    expect((error as Error).cause).toBeUndefined();
});

test('a success gives a repeat back to the budget, that of a repeated call two', async () => {
    // The empty budget lets one more through each 5 s.
    vi.useFakeTimers({ toFake: ['Date'] });
    const failing = { status: 200 };
    const fetch = vi.fn(async () => answer(failing.status));
    const nango = client(fetch);
    const requests = async (status: number, limit = 60) => {
        failing.status = status;
        const before = fetch.mock.calls.length;
        await call(nango, get, { options: { retry: { limit, baseDelay: 0 } } }).catch(() => undefined);
        return fetch.mock.calls.length - before;
    };
    // 50 in reserve, and one that finds out whether the server is back.
    expect(await requests(503)).toBe(52);
    await requests(200);
    await requests(200);
    fetch.mockImplementationOnce(async () => answer(503));
    await requests(200);
    expect(await requests(503)).toBe(1 + 3);
});

test('an answer that was read leaves neither timer nor listener', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const nango = client(statuses());
    await call(nango, get);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await call(nango, get, { options: { signal, totalTimeout: 50_000 } });
    expect(vi.getTimerCount()).toBe(0);
    expect(added).toHaveBeenCalledOnce();
    expect(removed).toHaveBeenCalledOnce();
});

test("a stream keeps the call's limits until it ends", async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const fetch = async () => new Response('text');
    const read = async (end: (stream: ReadableStream) => Promise<unknown>) => {
        removed.mockClear();
        const { data } = await callForResponse<ReadableStream>(client(fetch), proxied, {
            responseType: 'stream',
            options: { signal, totalTimeout: 50_000 },
        });
        expect(removed).not.toHaveBeenCalled();
        await end(data);
        expect(removed).toHaveBeenCalledOnce();
    };
    await read((stream) => new Response(stream).text());
    await read((stream) => stream.cancel());
});

test('a stream that is silent for longer than the limit of an attempt ends with its error', async () => {
    const fetch = async () => new Response(new ReadableStream());
    const clock = fakeClock();
    const { data } = await callForResponse<ReadableStream>(client(fetch), proxied, {
        responseType: 'stream',
        options: { timeout: 20 },
    });
    const silent = expect(data.getReader().read()).rejects.toMatchObject({
        name: 'NangoTimeoutError',
        scope: 'attempt',
        timeout: 20,
    });
    await clock.pass(21);
    await silent;
    clock.stop();
    const broken = async () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) }));
    const other = await callForResponse<ReadableStream>(client(broken), proxied, { responseType: 'stream' });
    await expect(other.data.getReader().read()).rejects.toMatchObject({ name: 'NangoResponseError', reason: 'truncated' });
});

test('a call that is cut makes room for the next', async () => {
    // The slow start lets out no more by itself.
    vi.useFakeTimers({ toFake: ['Date'] });
    const fetch = vi.fn(() => new Promise<never>(() => undefined));
    const nango = client(fetch);
    const controller = new AbortController();
    const first = call(nango, get, { options: { signal: controller.signal } });
    const end = new AbortController();
    const rest = Array.from({ length: 8 }, () => call(nango, get, { options: { signal: end.signal } }).catch(() => undefined));
    await expect.poll(() => fetch.mock.calls.length).toBe(8);
    controller.abort(new Error('mine'));
    await expect(first).rejects.toThrow('mine');
    await expect.poll(() => fetch.mock.calls.length).toBe(9);
    end.abort();
    await Promise.all(rest);
});

test("a call's own rate limit options win over its client's", async () => {
    const limits = {
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 30),
    };
    const fetch = vi.fn(async () => answer(200, limits));
    const nango = client(fetch);
    await call(nango, get);
    await expect(call(nango, get, { options: { rateLimit: { maxWait: 0 } } })).rejects.toMatchObject({ sent: false });
    await call(nango, get, { options: { rateLimit: false } });
    expect(fetch).toHaveBeenCalledTimes(2);
});

test('a call whose time runs out in line was not sent; one that met a 503 before may have been', async () => {
    const clock = fakeClock();
    const usedUp = {
        'x-ratelimit-limit': '5',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${Math.ceil(Date.now() / 1_000) + 50}`,
    };
    const fetch = vi.fn(async () => answer(200, usedUp));
    const limited = client(fetch);
    await call(limited, get);
    const waits = call(limited, get, { options: { totalTimeout: 1_000 } }).catch((error: unknown) => error);
    await eventually(() => expect(limited.rateLimit.queued).toBe(1));
    await clock.pass(1_000);
    expect(await waits).toMatchObject({ scope: 'total', progress: 'not-sent' });
    expect(fetch).toHaveBeenCalledOnce();
    const failing = client(statuses(503), { retry: { baseDelay: 60_000, maxDelay: 60_000 } });
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const backsOff = call(failing, get, { options: { totalTimeout: 1_000 } }).catch((error: unknown) => error);
    await eventually(() => expect(clock.timers).toContain(60_000));
    await clock.pass(1_000);
    expect(await backsOff).toMatchObject({ scope: 'total', progress: 'maybe-sent' });
});
