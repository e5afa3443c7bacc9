import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callForResponse, NangoNetworkError, type NangoOptions, NangoTimeoutError } from '@x/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from '#platform';
import { accountState, sharedGates } from '../src/client/registry.js';
import { originShape } from '../src/outage/origin-state.js';
import { adapters, plainClient } from './support/adapters.js';
import { settle } from './support/eventually.js';
import { action, proxy, read } from './support/operations.js';

const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
/** Lets time pass in small steps, between which what is not timed gets its turn. */
async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 25) {
        await vi.advanceTimersByTimeAsync(Math.min(left, 25));
        await settle(2);
    }
}

/** A server that can be taken down, over a `fetch` that needs no network; and what became of calls to it. */
class World {
    down = false;
    /** Whether an attempt gets anywhere at all. */
    connects = true;
    failure: { code?: string; syscall?: string } = refused;
    /** ms until it answers. */
    latency = 5;
    /** Attempts that found it down, and when; requests that it answered. */
    readonly tries: number[] = [];
    served = 0;
    headers: Record<string, string> = {};
    readonly said: string[] = [];

    readonly fetch = (async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (!this.connects) await new Promise(() => {});
        if (this.down) {
            this.tries.push(Date.now());
            throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('connect'), this.failure) });
        }
        this.served += 1;
        await new Promise((resolve) => setTimeout(resolve, this.latency));
        return Response.json({}, { headers: { ...this.headers, date: new Date().toUTCString() } });
    }) as unknown as typeof globalThis.fetch;

    client(options: Partial<NangoOptions> = {}) {
        return plainClient(adapters[1], 'http://server.example', {
            fetch: this.fetch,
            retry: undefined,
            rateLimit: {},
            logger: { warn: (message) => void this.said.push(message) },
            ...options,
        });
    }

    /** Warnings of outages, not those of single calls. */
    get warnings(): string[] {
        return this.said.filter((message) => message.startsWith('nango: http'));
    }
}

/** Lets time pass, slowly enough for sockets, until something is so. */
async function passUntil(so: () => boolean): Promise<void> {
    for (let i = 0; !so() && i < 2_000; i++) {
        await settle(3);
        await pass(10);
    }
    expect(so()).toBe(true);
}

interface Outcome {
    error?: unknown;
    ended?: number;
}
function watch(promise: Promise<unknown>): Outcome {
    const outcome: Outcome = {};
    promise.then(
        () => {
            outcome.ended = Date.now();
        },
        (error: unknown) => {
            outcome.error = error;
            outcome.ended = Date.now();
        },
    );
    return outcome;
}
const get = (client: ReturnType<World['client']>, options: object = {}) =>
    watch(callForResponse(client, read, { path: { connectionId: 'c' }, options }));

let world: World;
beforeEach(async () => {
    for (const name of [originShape]) Reflect.deleteProperty(globalThis, Symbol.for(name));
    sharedGates().clear();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 });
    world = new World();
    // What is loaded at the first call and at the first failure takes no time of the clock that the tests turn.
    const first = world.client({ rateLimit: { isolated: true }, retry: false });
    for (world.down of [false, true]) {
        const call = get(first);
        while (!call.ended) await pass(5);
    }
    world = new World();
});
afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
});
/** A client whose server has answered, and is down from now on. */
async function clientInOutage(options: Partial<NangoOptions> = {}) {
    const client = world.client(options);
    const first = get(client);
    while (!first.ended) await pass(5);
    expect(first.error).toBeUndefined();
    world.served = 0;
    world.down = true;
    return client;
}

describe('a server that is down for seconds', () => {
    test.each([9_000, 10_000, 19_000])(
        'for %i ms, with five calls a second: none is lost, and each reaches it once',
        async (downFor) => {
            const client = await clientInOutage();
            const calls: Outcome[] = [];
            for (let at = 0; at < downFor; at += 200) {
                calls.push(get(client));
                await pass(200);
            }
            world.down = false;
            for (let i = 0; i < 50; i++) {
                calls.push(get(client));
                await pass(200);
            }
            expect(calls.filter(({ ended, error }) => !ended || error)).toEqual([]);
            expect(world.served).toBe(calls.length);
            // One call at a time finds out whether it is back.
            expect(world.tries.length).toBeLessThan(downFor / 400);
            expect(world.warnings).toEqual([
                "nango: http://server.example can't be reached (ECONNREFUSED); calls wait until it is back",
                expect.stringMatching(/^nango: http:\/\/server\.example is back after \d+\.\d s$/),
            ]);
        },
    );

    test('one call at a time probes, at least once a second, and the others wait in line', async () => {
        const client = await clientInOutage();
        const calls = Array.from({ length: 7 }, () => get(client));
        await pass(5);
        const begun = world.tries.length;
        await pass(15_000);
        const probes = world.tries.slice(begun);
        expect(client.rateLimit.queued).toBe(7);
        for (const [i, at] of probes.entries()) {
            if (i > 0) expect(at - (probes[i - 1] as number)).toBeGreaterThan(50);
            if (i > 4) expect(at - (probes[i - 1] as number)).toBeLessThanOrEqual(1_010);
        }
        world.down = false;
        await pass(1_300);
        expect(calls.every(({ ended, error }) => ended && !error)).toBe(true);
        expect(client.rateLimit.queued).toBe(0);
    });

    test.each<[string, object, object]>([
        ['a write', action, { body: {} }],
        ['a proxied write', proxy, { method: 'POST', target: '/proxy/x' }],
        ['a read', read, { path: { connectionId: 'c' } }],
    ])('%s waits: nothing was sent', async (_name, operation, input) => {
        const client = await clientInOutage();
        const call = watch(callForResponse(client, operation as typeof read, input));
        await pass(8_000);
        expect(call.ended).toBeUndefined();
        world.down = false;
        await pass(1_100);
        expect(call).toMatchObject({ ended: expect.any(Number) });
        expect(call.error).toBeUndefined();
        expect(world.served).toBe(1);
    });

    test('waits are outside of `retry.limit` and of the budget of repeats', async () => {
        const client = await clientInOutage({ retry: { limit: 0 } });
        const call = get(client);
        await pass(15_000);
        world.down = false;
        await pass(1_100);
        expect(call.error).toBeUndefined();
        expect(call.ended).toBeDefined();
    });

    test('calls that were not sent use up nothing of the window', async () => {
        world.headers = {
            'x-ratelimit-limit': '20',
            'x-ratelimit-remaining': '19',
            'x-ratelimit-reset': `${Math.ceil(Date.now() / 1_000) + 50}`,
        };
        const client = await clientInOutage();
        const call = get(client);
        await pass(19_000);
        expect(world.tries.length).toBeGreaterThan(15);
        expect(client.rateLimit.remaining).toBe(19);
        world.down = false;
        await pass(1_100);
        expect(call.error).toBeUndefined();
    });

    test('an account that does not heed the rate limit waits for its server, too', async () => {
        const client = await clientInOutage({ rateLimit: false });
        const calls = [get(client), get(client), get(client)];
        await pass(9_000);
        expect(calls.some(({ ended }) => ended)).toBe(false);
        world.down = false;
        await pass(1_600);
        expect(calls.every(({ ended, error }) => ended && !error)).toBe(true);
    });

    test('other accounts of the server share its outage; an isolated client finds out by itself', async () => {
        await clientInOutage();
        const other = world.client({ apiKey: 'another-key' });
        const one = get(world.client());
        await pass(5);
        const call = get(other);
        await pass(5);
        // It never went out: somebody else has found out.
        expect(world.tries).toHaveLength(1);
        expect(call.ended).toBeUndefined();
        const alone = get(world.client({ rateLimit: { isolated: true } }));
        await pass(5);
        expect(world.tries.length).toBeGreaterThan(1);
        world.down = false;
        await pass(2_000);
        for (const { ended, error } of [one, call, alone]) expect([ended !== undefined, error]).toEqual([true, undefined]);
    });

    test('calls that are slow to be answered do not hold up the others when it is back', async () => {
        const client = await clientInOutage();
        const calls = Array.from({ length: 5 }, () => get(client));
        await pass(9_000);
        world.down = false;
        world.latency = 25_000;
        await pass(7_000);
        expect(world.served).toBe(5);
        await pass(25_000);
        expect(calls.every(({ ended, error }) => ended && !error)).toBe(true);
    });

    test('it is let come to itself: at first eight calls, then more', async () => {
        const client = await clientInOutage();
        const calls = Array.from({ length: 100 }, () => get(client));
        await pass(5_000);
        world.down = false;
        world.latency = 400;
        let seen = 0;
        const steps: number[] = [];
        while (world.served < 100) {
            await pass(25);
            if (world.served !== seen) steps.push(world.served - seen);
            seen = world.served;
        }
        // All that are left may go a second after it is back: where in a step that falls is drawn by lot.
        expect(steps.slice(0, 5)).toEqual([1, 8, 16, 16, 24]);
        await pass(500);
        expect(calls.every(({ ended, error }) => ended && !error)).toBe(true);
    });

    test('where calls may not wake each other, each finds its turn by itself', async () => {
        Object.assign(platform, { sharesPromises: false });
        try {
            const client = await clientInOutage();
            const calls = Array.from({ length: 20 }, () => get(client));
            await pass(9_000);
            expect(calls.some(({ ended }) => ended)).toBe(false);
            // All twenty have failed, then one at a time.
            expect(world.tries.length).toBeLessThan(20 + 20);
            world.down = false;
            await pass(2_500);
            expect(calls.every(({ ended, error }) => ended && !error)).toBe(true);
            expect(world.served).toBe(20);
        } finally {
            Object.assign(platform, { sharesPromises: true });
        }
    });

    test('a clock that is set back by an hour makes no outage longer', async () => {
        const client = await clientInOutage();
        const call = get(client);
        await pass(10_000);
        vi.setSystemTime(Date.now() - 3_600_000);
        await pass(20_500);
        expect(call.error).toBeInstanceOf(NangoNetworkError);
    });
});

describe('an outage that lasts', () => {
    test('fails those who wait after 20 s, those who come later after a second, and heals', async () => {
        const client = await clientInOutage();
        const begun = Date.now();
        const tried = get(client);
        await pass(500);
        const waits = get(client);
        await pass(19_400);
        expect([tried.ended, waits.ended]).toEqual([undefined, undefined]);
        await pass(400);
        for (const { ended, error } of [tried, waits]) {
            expect(ended).toBeGreaterThanOrEqual(begun + 20_000);
            expect(error).toBeInstanceOf(NangoNetworkError);
            expect(error).toMatchObject({
                progress: 'not-sent',
                code: 'ECONNREFUSED',
                message: expect.stringContaining('http://server.example'),
            });
        }
        const later = get(client);
        const from = Date.now();
        while (!later.ended) await pass(10);
        expect(later.ended - from).toBeLessThanOrEqual(1_100);
        expect(later.error).toBeInstanceOf(NangoNetworkError);
        world.down = false;
        const back = get(client);
        await pass(50);
        expect(back.error).toBeUndefined();
        expect(world.warnings).toHaveLength(2);
        // The next outage is a new one.
        world.down = true;
        const again = get(client);
        await pass(15_000);
        world.down = false;
        await pass(1_100);
        expect(again.error).toBeUndefined();
        expect(again.ended).toBeDefined();
    });

    test('one that never was tried says what it waited for, and how to wait longer', async () => {
        const client = await clientInOutage();
        get(client);
        await pass(5);
        const waits = get(client);
        await pass(20_400);
        const { error } = waits;
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect((error as Error).message).toMatch(
            /^getConnection: http:\/\/server\.example can't be reached since 20 s \(ECONNREFUSED\); nothing was sent; raise `retry\.outage` to wait longer \[GET /,
        );
    });

    test('`outage` sets how long', async () => {
        const client = await clientInOutage({ retry: { outage: 60_000 } });
        const long = get(client);
        const short = get(client, { retry: { outage: 5_000 } });
        await pass(5_400);
        expect([short.error instanceof NangoNetworkError, long.ended]).toEqual([true, undefined]);
        await pass(50_000);
        expect(long.ended).toBeUndefined();
        world.down = false;
        await pass(1_100);
        expect(long.error).toBeUndefined();
    });
});

describe('who does not wait for it', () => {
    test.each<[string, Partial<NangoOptions>, object]>([
        ['retry: false', {}, { retry: false }],
        ['retry: false of the client', { retry: false }, {}],
        ['outage: 0', {}, { retry: { outage: 0, limit: 0 } }],
        ['maxWait: 0', {}, { retry: { limit: 0 }, rateLimit: { maxWait: 0 } }],
    ])('%s: tries at once, and fails, though others wait in line', async (_name, clientOptions, options) => {
        const client = await clientInOutage();
        const waits = get(client);
        await pass(700);
        const before = world.tries.length;
        const hurried = get(Object.keys(clientOptions).length > 0 ? world.client(clientOptions) : client, options);
        await pass(5);
        expect(world.tries.length).toBeGreaterThan(before);
        expect(hurried.error).toMatchObject({ progress: 'not-sent' });
        expect(waits.ended).toBeUndefined();
        world.down = false;
        await pass(1_100);
        expect(waits.error).toBeUndefined();
    });

    test.each<[string, Partial<NangoOptions>]>([
        ['outage: 0', { retry: { outage: 0, limit: 0 } }],
        ['retry: false', { retry: false }],
    ])('a client with %s fails by itself, and warns of no outage', async (_name, options) => {
        const client = await clientInOutage(options);
        for (let i = 0; i < 3; i++) {
            const call = get(client);
            await pass(100);
            expect(call.error).toMatchObject({ progress: 'not-sent' });
        }
        expect(world.tries).toHaveLength(3);
        world.down = false;
        await pass(100);
        expect(get(client).error).toBeUndefined();
        await pass(100);
        expect(world.warnings).toEqual([]);
    });

    test('a call that runs out of its own time makes no outage', async () => {
        const client = await clientInOutage({ retry: { limit: 0 } });
        world.down = false;
        world.failure = {};
        world.connects = false;
        const hurried = get(client, { timeout: 50 });
        await pass(100);
        expect(hurried.error).toBeInstanceOf(NangoTimeoutError);
        world.connects = true;
        const next = get(client);
        await pass(50);
        expect([next.error, typeof next.ended, world.warnings]).toEqual([undefined, 'number', []]);
    });

    test('`totalTimeout` and `signal` end the wait, and nothing was sent', async () => {
        const client = await clientInOutage();
        const controller = new AbortController();
        get(client);
        await pass(5);
        const timed = get(client, { totalTimeout: 3_000 });
        const aborted = get(client, { signal: controller.signal });
        await pass(2_999);
        expect(timed.ended).toBeUndefined();
        const reason = new Error('mine');
        controller.abort(reason);
        await pass(1);
        expect(aborted.error).toBe(reason);
        expect(timed.error).toBeInstanceOf(NangoTimeoutError);
        expect(timed.error).toMatchObject({ scope: 'total', progress: 'not-sent' });
        expect(client.rateLimit.queued).toBe(1);
        world.down = false;
        await pass(1_100);
        expect(client.rateLimit.queued).toBe(0);
    });

    test('one more than `maxQueue` may wait', async () => {
        const client = await clientInOutage({ rateLimit: { maxQueue: 1 } });
        const calls = [get(client)];
        await pass(5);
        calls.push(get(client));
        await pass(5);
        expect(calls[1]?.error).toMatchObject({
            name: 'NangoNetworkError',
            progress: 'not-sent',
            message: expect.stringContaining('as many calls wait already as `rateLimit.maxQueue` allows'),
        });
        world.down = false;
        await pass(1_100);
        expect(calls[0]?.error).toBeUndefined();
    });

    test('a server that never answered fails after a second or so, by its name', async () => {
        world.down = true;
        Reflect.deleteProperty(globalThis, Symbol.for(originShape));
        const call = get(world.client());
        const from = Date.now();
        while (!call.ended) await pass(10);
        expect(call.ended - from).toBeLessThanOrEqual(1_100);
        expect(call.error).toMatchObject({ code: 'ECONNREFUSED', message: expect.stringContaining('http://server.example') });
        expect(world.warnings).toEqual([]);
    });

    test.each<[string, object, boolean]>([
        ['refused', refused, true],
        ['no route', { code: 'EHOSTUNREACH', syscall: 'connect' }, true],
        ['no name', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, true],
        ['a name server that fails', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, true],
        ['a certificate', { code: 'CERT_HAS_EXPIRED' }, false],
        ['broken off', { code: 'ECONNRESET' }, false],
        ['what the runtime does not explain', {}, false],
    ])('only what surely was not sent is waited for: %s', async (_name, failure, waits) => {
        const client = await clientInOutage({ retry: { limit: 0 } });
        world.failure = failure;
        const call = watch(callForResponse(client, action, { body: {} }));
        await pass(100);
        expect(call.ended === undefined).toBe(waits);
        expect(world.warnings.length > 0).toBe(waits);
        world.down = false;
        await pass(1_100);
    });
});

test('accounts of one server find one state', () => {
    expect(accountState('a', 'a', 'http://one').origin).toBe(accountState('b', 'b', 'http://one').origin);
    expect(accountState('a', 'a', 'http://one').origin).not.toBe(accountState('a', 'a', 'http://two').origin);
});

test.each(adapters)('a real server that is restarted, over $name: no call is lost', async (adapter) => {
    const served: string[] = [];
    const start = (port: number) => {
        const server = createServer((request, response) => {
            served.push(`${request.method} ${request.url}`);
            response.end('{}');
        });
        return new Promise<typeof server>((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
    };
    let server = await start(0);
    const { port } = server.address() as AddressInfo;
    const said: string[] = [];
    const client = plainClient(adapter, `http://127.0.0.1:${port}`, {
        retry: undefined,
        rateLimit: { isolated: true },
        logger: { warn: (message) => void said.push(message) },
    });
    await callForResponse(client, read, { path: { connectionId: 'first' } });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const calls = Promise.all(
        Array.from({ length: 20 }, (_, n) => callForResponse(client, read, { path: { connectionId: `c${n}` } })),
    );
    await passUntil(() => said.some((message) => message.includes("can't be reached")));
    server = await start(port);
    let ended = false;
    void calls.finally(() => {
        ended = true;
    });
    await passUntil(() => ended);
    await calls;
    expect(served).toHaveLength(21);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    // Those of the runtime's own pool.
    vi.clearAllTimers();
});
