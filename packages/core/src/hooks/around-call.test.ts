import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Client, call, operation } from '../index.js';
import type { Hooks } from '../types/hooks.js';

const get = operation({ name: 'getThing', method: 'GET', path: '/thing', idempotent: true });
type Around = NonNullable<Hooks['aroundCall']>;

let sent = 0;
beforeEach(() => {
    sent = 0;
});
afterEach(() => {
    vi.useRealTimers();
});

function client(around: unknown, options: object = {}, status = 200) {
    const error = vi.fn();
    const nango = new Client({
        apiKey: 'key-key-key',
        logger: { error },
        hooks: [{ aroundCall: around as Around }],
        rateLimit: false,
        retry: false,
        fetch: async () => {
            sent += 1;
            return Response.json({ ok: true }, { status });
        },
        ...options,
    });
    return { nango, error };
}

const misbehaving: [string, (call: unknown, run: () => Promise<unknown>) => unknown, string | undefined][] = [
    [
        'throws before it runs the call',
        () => {
            throw new Error('bug');
        },
        'threw',
    ],
    ['rejects before it runs the call', () => Promise.reject(new Error('bug')), 'threw'],
    [
        'rejects while the call runs',
        async (_call, run) => {
            void run();
            throw new Error('bug');
        },
        'threw',
    ],
    [
        'rejects after the call',
        async (_call, run) => {
            await run();
            throw new Error('bug');
        },
        'threw',
    ],
    ['forgets the call', async () => undefined, 'ended without running the call'],
    ['returns nothing', () => undefined, 'ended without running the call'],
    [
        'resolves to something else',
        async (_call, run) => {
            await run();
            return 5;
        },
        undefined,
    ],
    [
        'hangs after the call',
        async (_call, run) => {
            await run();
            await new Promise(() => undefined);
        },
        undefined,
    ],
    [
        'runs the call twice',
        async (_call, run) => {
            await run();
            return run();
        },
        undefined,
    ],
];

test.each(misbehaving)('a hook that %s changes nothing', async (_what, around, told) => {
    const { nango, error } = client(around);
    await expect(call(nango, get)).resolves.toEqual({ ok: true });
    expect(sent).toBe(1);
    expect(error.mock.calls.map(([message]) => message)).toEqual(told ? [`nango: the aroundCall hook ${told}`] : []);
});

test.each(misbehaving)('a hook that %s hides no failure', async (_what, around) => {
    const { nango } = client(around, {}, 404);
    await expect(call(nango, get)).rejects.toMatchObject({ status: 404 });
    expect(sent).toBe(1);
});

test('a hook that never runs the call is cut by totalTimeout, and nothing is sent, then or later', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const { nango } = client((_call: unknown, run: () => Promise<unknown>) => {
        late = run;
        return new Promise(() => undefined);
    });
    const failed = call(nango, get, { options: { totalTimeout: 20 } });
    await expect(failed).rejects.toMatchObject({ name: 'NangoTimeoutError', scope: 'total', progress: 'not-sent' });
    await expect(late?.()).rejects.toThrow();
    expect(sent).toBe(0);
});

test('a hook that never runs the call is cut by the signal', async () => {
    const { nango } = client(() => new Promise(() => undefined));
    const stop = new AbortController();
    const failed = call(nango, get, { options: { signal: stop.signal } });
    stop.abort();
    await expect(failed).rejects.toMatchObject({ name: 'AbortError' });
    expect(sent).toBe(0);
});

test('without any limit, the call is made without a hook that has hung for 10 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { nango, error } = client(() => new Promise(() => undefined));
    const done = call(nango, get);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(sent).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await expect(done).resolves.toEqual({ ok: true });
    expect(error).toHaveBeenCalledWith('nango: the aroundCall hook has not run the call for 10 s', {});
});

test('a hook that prepares for a while runs the call within its limits, and learns of its end before the caller does', async () => {
    const order: string[] = [];
    const { nango } = client(async (_call: unknown, run: () => Promise<unknown>) => {
        await new Promise((resolve) => setImmediate(resolve));
        try {
            return await run();
        } finally {
            order.push('hook');
        }
    });
    await call(nango, get, { options: { totalTimeout: 60_000 } });
    order.push('caller');
    expect(order).toEqual(['hook', 'caller']);
});
