import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { NangoNotFoundError } from '../errors/api-error.js';
import type { TokenStore } from '../options.js';
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
        cache.read(name, { of: [], mode: 'read', options: undefined, load: async () => ++loads, expiresAt: () => undefined });
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
