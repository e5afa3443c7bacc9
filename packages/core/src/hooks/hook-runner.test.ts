import { expect, test, vi } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import type { Hooks } from '../types/hooks.js';
import { operation } from '../types/operation.js';

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const client = (hooks: Hooks | Hooks[], status = 200, logger?: object) =>
    new Client({
        apiKey: 'key-key-key',
        hooks,
        logger,
        retry: false,
        fetch: async () => Response.json({}, { status, headers: { 'x-request-id': 'r1' } }),
    });

test('events name the call by its template, never an id, and share one call object', async () => {
    const events: [string, Record<string, unknown>][] = [];
    const record = (name: string) => (event: object) => void events.push([name, event as Record<string, unknown>]);
    const hooks = { onRequest: record('request'), onResponse: record('response'), onError: record('error') };
    await call(client(hooks), get, { path: { connectionId: 'secret-id' } });
    expect(events.map(([name]) => name)).toEqual(['request', 'response']);
    expect(events[0]?.[1].call).toBe(events[1]?.[1].call);
    expect(events[1]?.[1]).toMatchObject({
        attempt: 1,
        status: 200,
        requestId: 'r1',
        call: { operation: 'getConnection', method: 'GET', path: '/connections/{connectionId}', origin: 'https://api.nango.dev' },
    });
    expect(JSON.stringify(events)).not.toContain('secret-id');
});

test('a failed call ends with onError and the error that it rejects with', async () => {
    const onError = vi.fn();
    const error = await call(client({ onError }, 404), get, { path: { connectionId: 'c' } }).catch((caught: unknown) => caught);
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0].error).toBe(error);
});

test('a hook that throws fails no call and is reported to the logger', async () => {
    const error = vi.fn();
    const broken = () => {
        throw new Error('hook bug');
    };
    const hooks = [{ onRequest: broken }, { onResponse: vi.fn() }];
    await call(client(hooks, 200, { error }), get, { path: { connectionId: 'c' } });
    expect(error).toHaveBeenCalledWith(expect.stringContaining('onRequest'), { error: 'hook bug' });
    expect(hooks[1]?.onResponse).toHaveBeenCalledOnce();
});

test('an async hook that rejects and a logger that throws fail neither the call nor the process', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const error = vi.fn();
    const rejecting = { onRequest: () => Promise.reject(new Error('async hook bug')) };
    await call(client(rejecting, 200, { error }), get, { path: { connectionId: 'c' } });
    const debug = () => {
        throw new Error('logger bug');
    };
    await call(client(rejecting, 200, { debug, error: debug }), get, { path: { connectionId: 'c' } });
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(error).toHaveBeenCalledWith(expect.stringContaining('onRequest'), { error: 'async hook bug' });
});

test.each([
    ['an object that is no text', () => Object.create(null)],
    ['an error whose message throws', () => Object.defineProperty(new Error(), 'message', { get: () => expect.fail('read') })],
])('a hook that throws %s fails no call, and is reported to the logger', async (_what, thrown) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const error = vi.fn();
    const throwing = () => {
        throw thrown();
    };
    const rejecting = async () => throwing();
    for (const hooks of [
        { onRequest: throwing },
        { onResponse: rejecting },
        { aroundCall: throwing },
        { aroundCall: rejecting },
    ] as Hooks[]) {
        await call(client(hooks, 200, { error }), get, { path: { connectionId: 'c' } });
        await eventually(() => expect(error).toHaveBeenCalledOnce());
        error.mockClear();
    }
    expect(unhandled).not.toHaveBeenCalled();
    process.off('unhandledRejection', unhandled);
});

test('aroundCall wraps the whole call, the first hook outermost', async () => {
    const order: string[] = [];
    const around = (name: string): Hooks => ({
        async aroundCall(_call, run) {
            order.push(`${name} in`);
            const result = await run();
            order.push(`${name} out`);
            return result;
        },
    });
    await call(client([around('a'), around('b')]), get, { path: { connectionId: 'c' } });
    expect(order).toEqual(['a in', 'b in', 'b out', 'a out']);
});

test('a logger gets each step, with the operation and never an id', async () => {
    const lines: [string, string, Record<string, unknown>][] = [];
    const log = (level: string) => (message: string, details?: Record<string, unknown>) =>
        void lines.push([level, message, details ?? {}]);
    const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
    let answers = 0;
    const nango = new Client({
        apiKey: 'key-key-key',
        logger,
        logLevel: 'debug',
        retry: { limit: 1, baseDelay: 0 },
        rateLimit: { isolated: true, maxWait: 100_000 },
        fetch: async () => Response.json({}, { status: [503, 404][answers++] ?? 200 }),
    });
    const path = { connectionId: 'secret-id' };
    await call(nango, get, { path }).catch(() => undefined);
    const line = 'nango: getConnection GET /connections/{connectionId}: ';
    expect(lines.map(([level, message]) => [level, message.replace(line, '')])).toEqual([
        ['debug', 'sending'],
        ['debug', 'answered'],
        ['info', 'retrying'],
        ['debug', 'sending'],
        ['debug', 'answered'],
        ['error', 'failed'],
    ]);
    expect(lines[0]?.[2]).toEqual({
        operation: 'getConnection',
        method: 'GET',
        path: '/connections/{connectionId}',
        origin: 'https://api.nango.dev',
        attempt: 1,
    });
    expect(lines[1]?.[2]).toMatchObject({ operation: 'getConnection', attempt: 1, status: 503 });
    expect(lines[2]?.[2]).toMatchObject({ operation: 'getConnection', attempt: 1, cause: { status: 503 } });
    expect(lines[5]?.[2]).toMatchObject({ operation: 'getConnection', error: expect.objectContaining({ status: 404 }) });
    expect(JSON.stringify(lines)).not.toContain('secret-id');
});

test('a used-up rate limit is one warning when it begins and one when it ends', async () => {
    const warn = vi.fn();
    const limited = {
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 30),
    };
    const nango = new Client({
        apiKey: 'key-key-key',
        logger: { warn },
        rateLimit: { isolated: true },
        fetch: async () => Response.json({}, { headers: limited }),
    });
    await call(nango, get, { path: { connectionId: 'c' } });
    const end = new AbortController();
    const waiting = call(nango, get, { path: { connectionId: 'c' }, options: { signal: end.signal } });
    waiting.catch(() => undefined);
    await eventually(() => expect(warn).toHaveBeenCalled());
    end.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(warn.mock.calls).toEqual([
        [
            expect.stringMatching(/^nango: the rate limit is used up: .* until \d{4}-/),
            expect.objectContaining({ reason: 'paced', limit: 10, waiting: 1 }),
        ],
        ['nango: the rate limit has room again: no call waits in line', { calls: 1, duration: expect.any(Number) }],
    ]);
});

test('a logger without the level, and hooks that throw something else than an Error, affect no call', async () => {
    const error = vi.fn();
    const broken = {
        onRequest() {
            throw 'only words';
        },
    };
    await call(client(broken, 200, { error }), get, { path: { connectionId: 'c' } });
    expect(error).toHaveBeenCalledExactlyOnceWith('nango: the onRequest hook threw', { error: 'only words' });
    await call(client(broken, 200, {}), get, { path: { connectionId: 'c' } });
});

test('hooks are called with their own object, and those without a hook are passed by', async () => {
    class Counting implements Hooks {
        seen = 0;
        onResponse() {
            this.seen += 1;
        }
    }
    const counting = new Counting();
    await call(client([{}, counting]), get, { path: { connectionId: 'c' } });
    expect(counting.seen).toBe(1);
});

const all = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() });
const written = (logger: ReturnType<typeof all>) =>
    Object.values(logger).reduce((sum, method) => sum + method.mock.calls.length, 0);

test('nothing is written of a call that goes well, unless it is asked for', async () => {
    const logger = all();
    await call(client({}, 200, logger), get, { path: { connectionId: 'c' } });
    expect(written(logger)).toBe(0);
});

test('200 calls of a used-up rate limit write two warnings', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
        const logger = all();
        let left = 100;
        const limits = () => ({
            'x-ratelimit-limit': '100',
            'x-ratelimit-remaining': String(Math.max(0, --left)),
            'x-ratelimit-reset': String(Math.floor(Date.now() / 60_000) * 60 + 60),
        });
        const nango = new Client({
            apiKey: 'key-key-key',
            logger,
            rateLimit: { isolated: true, maxWait: 600_000 },
            fetch: async () => Response.json({}, { headers: limits() }),
        });
        await call(nango, get, { path: { connectionId: 'c' } });
        let over = 0;
        const calls = Array.from({ length: 200 }, () =>
            call(nango, get, { path: { connectionId: 'c' } }).finally(() => {
                over += 1;
            }),
        );
        while (over < calls.length) {
            await vi.advanceTimersByTimeAsync(1_000);
            if (Date.now() % 60_000 < 1_000) left = 100;
        }
        await Promise.all(calls);
        expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
            expect.stringContaining('is used up'),
            expect.stringContaining('has room again'),
        ]);
        expect(logger.warn.mock.calls[1]?.[1].calls).toBeGreaterThan(50);
        expect(written(logger)).toBe(2);
    } finally {
        vi.useRealTimers();
    }
});

test.each([
    ['off', 0],
    ['error', 1],
    ['warn', 1],
    ['info', 2],
    ['debug', 6],
] as const)('at %s a call that was repeated and failed writes %i lines', async (logLevel, lines) => {
    const logger = all();
    let answers = 0;
    const nango = new Client({
        apiKey: 'key-key-key',
        logger,
        logLevel,
        retry: { limit: 1, baseDelay: 0 },
        rateLimit: false,
        fetch: async () => Response.json({}, { status: [503, 404][answers++] ?? 200 }),
    });
    await expect(call(nango, get, { path: { connectionId: 'c' } })).rejects.toThrow();
    expect(written(logger)).toBe(lines);
});

test('an unknown level and a logger without methods are refused', () => {
    expect(() => new Client({ apiKey: 'key-key-key', logLevel: 'verbose' as never })).toThrow(/logLevel/);
    expect(() => new Client({ apiKey: 'key-key-key', logger: 'console' as never })).toThrow(/logger/);
});

test('a call that its caller aborts is not an error in the log', async () => {
    const logger = all();
    const nango = client({}, 200, logger);
    await expect(call(nango, get, { path: { connectionId: 'c' }, options: { signal: AbortSignal.abort() } })).rejects.toThrow();
    expect(written(logger)).toBe(0);
});

test('a logger that rejects or hangs affects no call', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const bad = { error: () => Promise.reject(new Error('disk full')), warn: () => new Promise(() => undefined) };
    await expect(call(client({}, 404, bad), get, { path: { connectionId: 'c' } })).rejects.toMatchObject({ status: 404 });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
});
