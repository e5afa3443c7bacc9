import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { cachedCall, forgetCached } from '../client/cached-call.js';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoNotFoundError } from '../errors/api-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import { operation } from '../types/operation.js';
import type { CallOptions, NangoSettings, TokenStore } from '../types/options.js';
import { type CachedRead, TokenCache } from './token-cache.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

interface Answer {
    token: number;
    expiresAt?: string | false;
}

/** Reads through a cache from an API whose answers count up. */
function reader(cache: TokenCache, expiresAt?: string | false) {
    let loads = 0;
    const read = (more: Partial<CachedRead<Answer>> = {}) =>
        cache.read<Answer>('name', {
            of: ['github', 'c1'],
            mode: 'read',
            options: undefined,
            load: async () => ({ token: ++loads, ...(expiresAt !== undefined && { expiresAt }) }),
            expiresAt: (answer) => answer.expiresAt,
            ...more,
        });
    return { read, loads: () => loads };
}
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

test('an answer is kept for its time at most', async () => {
    const { read } = reader(new TokenCache({ maxAge: 10_000 }));
    expect(await read()).toEqual({ token: 1 });
    vi.setSystemTime(Date.now() + 9_999);
    expect(await read()).toEqual({ token: 1 });
    vi.setSystemTime(Date.now() + 1);
    expect(await read()).toEqual({ token: 2 });
});

test('a token is never handed out in the minute before it expires', async () => {
    const { read } = reader(new TokenCache({}), inMs(100_000));
    expect((await read()).token).toBe(1);
    vi.setSystemTime(Date.now() + 39_999);
    expect((await read()).token).toBe(1);
    vi.setSystemTime(Date.now() + 1);
    expect((await read()).token).toBe(2);
});

test.each([
    ['expires within a minute', () => inMs(60_000)],
    ['has expired', () => inMs(-1)],
    ['has an unreadable date', () => 'soon'],
    ['must not be kept', () => false as const],
])('an answer that %s is not kept', async (_name, expiresAt) => {
    const { read } = reader(new TokenCache({}), expiresAt());
    await read();
    expect((await read()).token).toBe(2);
});

test('what one caller does to an answer, no other sees', async () => {
    const { read } = reader(new TokenCache({}));
    (await read()).token = 99;
    (await read()).token = 98;
    expect((await read()).token).toBe(1);
});

test('calls at once ask once', async () => {
    const { read, loads } = reader(new TokenCache({}));
    const answers = await Promise.all([read(), read(), read({ options: { signal: new AbortController().signal } })]);
    expect(answers.map(({ token }) => token)).toEqual([1, 1, 1]);
    expect(loads()).toBe(1);
});

test('calls at once each ask for themselves where promises must not be shared', async () => {
    (platform as { sharesPromises: boolean }).sharesPromises = false;
    try {
        const { read, loads } = reader(new TokenCache({}));
        await Promise.all([read(), read()]);
        expect(loads()).toBe(2);
        await read();
        expect(loads()).toBe(2);
    } finally {
        (platform as { sharesPromises: boolean }).sharesPromises = true;
    }
});

test('who shares a question can leave; when its asker is cut, another asks', async () => {
    const { read } = reader(new TokenCache({}));
    let cut: (reason: unknown) => void = () => undefined;
    const asker = read({
        load: () =>
            new Promise<Answer>((_resolve, reject) => {
                cut = reject;
            }),
    });
    asker.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    const controller = new AbortController();
    const leaves = read({ options: { signal: controller.signal } });
    const stays = read();
    await new Promise((resolve) => setTimeout(resolve));
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(leaves).rejects.toBe(reason);
    cut(new Error('the asker was aborted'));
    await expect(asker).rejects.toThrow('aborted');
    expect((await stays).token).toBe(1);
});

test('what the API answers to a shared question holds for all; errors are not kept', async () => {
    const { read, loads } = reader(new TokenCache({}));
    const missing = new NangoNotFoundError('no', {
        operation: 'o',
        method: 'GET',
        path: '/',
        code: 'not_found',
        payload: undefined,
        errors: [],
        source: 'nango',
        response: { status: 404, statusText: '', headers: {}, data: '' },
    });
    const results = await Promise.allSettled([read({ load: () => Promise.reject(missing) }), read()]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(loads()).toBe(0);
    expect((await read()).token).toBe(1);
});

test('refresh asks anew and keeps the answer', async () => {
    const { read } = reader(new TokenCache({}));
    await read();
    expect((await read({ mode: 'refresh' })).token).toBe(2);
    expect((await read()).token).toBe(2);
});

test('an answer that was asked for before a change is not kept after it', async () => {
    const cache = new TokenCache({});
    const { read } = reader(cache);
    let answer: (value: Answer) => void = () => undefined;
    const slow = read({
        load: () =>
            new Promise<Answer>((resolve) => {
                answer = resolve;
            }),
    });
    await new Promise((resolve) => setTimeout(resolve));
    await cache.forget('name');
    answer({ token: 0 });
    expect((await slow).token).toBe(0);
    expect((await read()).token).toBe(1);
});

test('at most 1,000 answers are kept in memory', async () => {
    const cache = new TokenCache({});
    let loads = 0;
    const read = (name: string) =>
        cache.read(name, {
            of: [],
            mode: 'read',
            options: undefined,
            load: async () => ({ n: ++loads }),
            expiresAt: () => undefined,
        });
    for (let i = 0; i <= 1_000; i++) await read(`n${i}`);
    await read('n1000');
    expect(loads).toBe(1_001);
    await read('n0');
    expect(loads).toBe(1_002);
});

test('a store that fails never fails a call', async () => {
    const fail = () => Promise.reject(new Error('down'));
    const store: TokenStore = { get: fail, set: fail, delete: fail };
    const { read } = reader(new TokenCache({ store }));
    expect((await read()).token).toBe(1);
    expect((await read({ mode: 'refresh' })).token).toBe(2);
});

test('a call with its own limits asks for itself, and answers for the next', async () => {
    for (const options of [{ timeout: 5_000 }, { totalTimeout: 5_000 }]) {
        const { read, loads } = reader(new TokenCache({}));
        await Promise.all([read({ options }), read({ options })]);
        expect(loads()).toBe(2);
        await read({ options });
        expect(loads()).toBe(2);
    }
});

test('a refresh while others ask does not join them', async () => {
    const { read } = reader(new TokenCache({}));
    const [shared, fresh] = await Promise.all([read(), read({ mode: 'refresh' })]);
    expect(new Set([shared.token, fresh.token])).toEqual(new Set([1, 2]));
});

test('a call aborted before sends nothing, and one aborted before the shared request fails gets its own reason', async () => {
    const { read, loads } = reader(new TokenCache({}));
    let cut: (reason: unknown) => void = () => undefined;
    const asker = read({
        load: () =>
            new Promise<Answer>((_resolve, reject) => {
                cut = reject;
            }),
    });
    asker.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    const reason = new Error('mine');
    await expect(read({ options: { signal: AbortSignal.abort(reason) } })).rejects.toBe(reason);
    expect(loads()).toBe(0);
    cut(new Error('over'));
    await expect(asker).rejects.toThrow('over');
});

test("a question that ran out of its asker's time is asked anew; what the API answered is not", async () => {
    const timedOut = new NangoTimeoutError(
        'late',
        { operation: 'o', method: 'GET', path: '/', timeout: 1, scope: 'attempt' },
        'maybe-sent',
    );
    const { read, loads } = reader(new TokenCache({}));
    const results = await Promise.allSettled([read({ load: () => Promise.reject(timedOut) }), read()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(loads()).toBe(1);
});

test('who shares a question gets a copy, and takes its listener back', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { read } = reader(new TokenCache({}));
    const [first, second] = await Promise.all([read(), read({ options: { signal } })]);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    expect(added).toHaveBeenCalledOnce();
    expect(removed.mock.calls).toEqual(added.mock.calls);
});

test('a slow answer does not replace one that was refreshed meanwhile, nor does its end part those who ask together', async () => {
    const cache = new TokenCache({});
    const { read, loads } = reader(cache);
    const answers: ((answer: Answer) => void)[] = [];
    const load = () => new Promise<Answer>((resolve) => void answers.push(resolve));
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    const slow = read({ load });
    await turn();
    expect((await read({ mode: 'refresh' })).token).toBe(1);
    answers[0]?.({ token: 99 });
    expect((await slow).token).toBe(99);
    expect((await read()).token).toBe(1);

    await cache.forget('name');
    const first = read({ load });
    await turn();
    await cache.forget('name');
    const second = read({ load });
    await turn();
    answers[1]?.({ token: 98 });
    await first;
    await turn();
    const third = read();
    await turn();
    answers[2]?.({ token: 97 });
    expect([(await second).token, (await third).token, loads()]).toEqual([97, 97, 1]);
});

test('a store gets nothing that is not to be kept, and what it fails to drop is not what a refresh gives', async () => {
    const kept = new Map<string, string>();
    const store = {
        get: (name: string) => kept.get(name),
        set: vi.fn((name: string, value: string) => void kept.set(name, value)),
        delete: () => Promise.reject(new Error('down')),
    };
    await reader(new TokenCache({ store }), inMs(60_000)).read();
    await reader(new TokenCache({ store }), false).read();
    expect(store.set).not.toHaveBeenCalled();
    const { read } = reader(new TokenCache({ store }), inMs(90_000));
    expect((await read()).token).toBe(1);
    expect(store.set).toHaveBeenCalledExactlyOnceWith('name', expect.any(String), 30_000);
    expect((await read({ mode: 'refresh' })).token).toBe(2);
});

test('a failed question is not shared with those that come later', async () => {
    const { read } = reader(new TokenCache({}));
    await expect(read({ load: () => Promise.reject(new Error('down')) })).rejects.toThrow('down');
    expect((await read()).token).toBe(1);
    expect((await read()).token).toBe(1);
});

const get = operation({ name: 'getToken', method: 'GET', path: '/token', idempotent: true });

test('a client reads through its cache what is read twice; without one, and where it is to be passed by, it asks', async () => {
    const fetch = vi.fn(async () => Response.json({ token: fetch.mock.calls.length }));
    const clients = [{ maxAge: 60_000 }, false as const].map(
        (tokenCache) => new Client({ apiKey: 'key-key-key', fetch, tokenCache, rateLimit: false }),
    );
    const read = (client: Client, mode: CachedRead<unknown>['mode']) =>
        cachedCall<{ token: number }>(client, {
            of: ['github', 'c1'],
            mode,
            options: undefined,
            load: () => call(client, get),
            expiresAt: () => undefined,
        }).then(({ token }) => token);
    const [caching, plain] = clients as [Client, Client];
    expect([await read(caching, 'read'), await read(caching, 'read')]).toEqual([1, 1]);
    expect([await read(caching, 'pass'), await read(caching, 'read')]).toEqual([2, 1]);
    await forgetCached(caching, ['github', 'another']);
    expect(await read(caching, 'read')).toBe(1);
    await forgetCached(caching, ['github', 'c1']);
    expect([await read(caching, 'read'), await read(caching, 'read')]).toEqual([3, 3]);
    expect([await read(plain, 'read'), await read(plain, 'read')]).toEqual([4, 5]);
    await forgetCached(plain, ['github', 'c1']);
});

test.each(['', 'sealed:AAAA', 'null', '5', '[]', '"text"', 'true', '{"token":'])(
    'a kept value that is no answer counts as absent: %s',
    async (value) => {
        const store = { get: () => value, set: vi.fn(), delete: () => undefined };
        const { read } = reader(new TokenCache({ store }));
        expect(await read()).toEqual({ token: 1 });
        expect(store.set).toHaveBeenCalledOnce();
    },
);

test('a store that keeps tokens too long hands out none in its last minute', async () => {
    const answer = (ms: number): Answer => ({ token: 99, expiresAt: inMs(ms) });
    let kept: Answer = answer(60_001);
    const store = { get: () => JSON.stringify(kept), set: () => undefined, delete: () => undefined };
    const { read } = reader(new TokenCache({ store }));
    expect((await read()).token).toBe(99);
    for (kept of [answer(60_000), answer(-1), { token: 98, expiresAt: 'soon' }, { token: 97, expiresAt: false as const }]) {
        expect((await read()).token).toBeLessThan(90);
    }
});

describe('with a store that hangs', () => {
    const hang = () => new Promise<never>(() => undefined);
    const store: TokenStore = { get: hang, set: hang, delete: hang };
    const operationOfTest = operation({ name: 'getConnection', method: 'GET', path: '/c', idempotent: true });
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 }));

    function client(fetch: typeof globalThis.fetch, more: Partial<NangoSettings> = {}) {
        const made = new Client({ apiKey: 'key-key-key', fetch, tokenCache: { store }, rateLimit: { isolated: true }, ...more });
        return (options?: CallOptions) =>
            cachedCall<{ token: number }>(made, {
                of: ['github', 'c1'],
                mode: 'read',
                options,
                load: (begunAt) => call(made, operationOfTest, { options, begunAt }),
                expiresAt: () => undefined,
            });
    }

    test('a call costs a fresh read', async () => {
        const read = client(async () => Response.json({ token: 1 }))();
        for (let i = 0; i < 100; i++) await vi.advanceTimersByTimeAsync(20);
        expect(await read).toEqual({ token: 1 });
    });

    test.each<[string, CallOptions, Partial<NangoSettings>]>([
        ['of the call', { totalTimeout: 300 }, {}],
        ['of the client', {}, { totalTimeout: 300 }],
    ])('`totalTimeout` %s ends the call, and nothing is sent', async (_name, options, more) => {
        const fetch = vi.fn(async () => Response.json({}));
        const failed = client(fetch, more)(options).catch((error: unknown) => error);
        await vi.advanceTimersByTimeAsync(299);
        let ended = false;
        void failed.then(() => (ended = true));
        await vi.advanceTimersByTimeAsync(0);
        expect(ended).toBe(false);
        await vi.advanceTimersByTimeAsync(1);
        expect(await failed).toBeInstanceOf(NangoTimeoutError);
        expect(await failed).toMatchObject({ scope: 'total', timeout: 300, progress: 'not-sent' });
        expect(fetch).not.toHaveBeenCalled();
    });

    test('`signal` ends the call, and nothing is sent', async () => {
        const fetch = vi.fn(async () => Response.json({}));
        const controller = new AbortController();
        const failed = client(fetch)({ signal: controller.signal }).catch((error: unknown) => error);
        await vi.advanceTimersByTimeAsync(10);
        const reason = new Error('mine');
        controller.abort(reason);
        expect(await failed).toBe(reason);
        await vi.advanceTimersByTimeAsync(1_000);
        expect(fetch).not.toHaveBeenCalled();
    });
});
