import { callForResponse, NangoRateLimitError, type NangoSettings, operation, type RateLimitEvent } from '@x/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gateShape } from '../src/rate-limit/gate-state.js';
import { budgetShape } from '../src/retry/retry-budget.js';
import { type Adapter, adapters, plainClient } from './support/adapters.js';
import { eventually, settle } from './support/eventually.js';
import { fakeClock } from './support/fake-clock.js';
import { action, proxy, read } from './support/operations.js';
import { type RouteServer, sendJson, startRouteServer } from './support/route-server.js';

let server: RouteServer;
beforeEach(async () => {
    server = await startRouteServer();
});
afterEach(() => server.close());

const gated = (options: Partial<NangoSettings> = {}, adapter: Adapter = adapters[0]) =>
    plainClient(adapter, server.url, { rateLimit: { isolated: true }, ...options });
const get = (client: ReturnType<typeof gated>, options: object = {}) =>
    callForResponse(client, read, { path: { connectionId: 'c' }, options });

/** Headers are in whole seconds. */
const startOfSecond = 1_800_000_000_000;

/** Rate-limit headers; `resetIn` in seconds by the server's clock, which is `skew` seconds ahead. */
function limits(limit: number, remaining: number, resetIn: number, skew = 0): Record<string, string> {
    const now = Math.floor(Date.now() / 1_000) + skew;
    return {
        date: new Date(now * 1_000).toUTCString(),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': String(now + resetIn),
    };
}
const own429 = { error: { code: 'too_many_request', method: 'GET', path: '/' } };

test('what is known shows in client.rateLimit', async () => {
    const client = gated();
    expect(client.rateLimit).toEqual({ limit: undefined, remaining: undefined, resetAt: undefined, queued: 0 });
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(200, 150, 30));
    fakeClock();
    await get(client);
    expect(client.rateLimit).toMatchObject({ limit: 200, remaining: 150, queued: 0 });
    const ahead = (client.rateLimit.resetAt as Date).getTime() - Date.now();
    expect(ahead).toBeGreaterThan(28_000);
    expect(ahead).toBeLessThanOrEqual(31_000);
});

test.each([0, -3_600, 3_600])('a used-up window is waited for, with a server clock %i s ahead', async (skew) => {
    const events: RateLimitEvent[] = [];
    const client = gated({ hooks: { onRateLimit: (event) => void events.push(event) } });
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(10, 0, 1, skew));
    const clock = fakeClock(startOfSecond);
    await get(client);
    const waiting = get(client);
    await eventually(() => expect(events).toHaveLength(1));
    await clock.pass(1_900);
    await settle();
    expect(server.seen).toHaveLength(1);
    await clock.pass(1_300);
    await waiting;
    expect(events[0]).toMatchObject({ reason: 'paced', limit: 10, remaining: 0 });
    expect((events[0] as RateLimitEvent).wait).toBeGreaterThan(1_800);
});

test.each([0, 1])('a 429 with Retry-After: %i is waited for, one second longer', async (retryAfter) => {
    const events: RateLimitEvent[] = [];
    const client = gated({ hooks: { onRateLimit: (event) => void events.push(event) } });
    let answers = 0;
    server.handle = (_request, response) => {
        if (answers++ > 0) return sendJson(response, {});
        sendJson(response, own429, 429, { 'retry-after': String(retryAfter), ...limits(10, 0, retryAfter) });
    };
    const clock = fakeClock(startOfSecond);
    const answer = callForResponse(client, action, { body: { kept: true } });
    await eventually(() => expect(events).toHaveLength(1));
    await clock.pass((retryAfter + 1) * 1_000 - 1);
    await settle();
    expect(answers).toBe(1);
    await clock.pass(1_500);
    await answer;
    expect(events.map(({ reason }) => reason)).toEqual(['rejected']);
});

test('calls with a session token go by a window of their own', async () => {
    const session = operation({
        name: 'getConnectSession',
        method: 'GET',
        path: '/session',
        idempotent: true,
        bucket: 'session',
    });
    const client = gated({ rateLimit: { maxWait: 0 } });
    const token = { headers: { authorization: 'Bearer token' } };
    server.handle = (request, response) =>
        sendJson(response, {}, 200, request.url === '/session' ? limits(20, 0, 50) : limits(10, 0, 40));
    await get(client);
    await callForResponse(client, session, token);
    await expect(get(client)).rejects.toMatchObject({ sent: false, limit: 10 });
    // A client of the same key knows the session's window, too.
    await expect(callForResponse(gated({ rateLimit: { maxWait: 0 } }), session, token)).rejects.toMatchObject({
        sent: false,
        limit: 20,
    });
    expect(client.rateLimit.limit).toBe(10);
    expect(server.seen).toEqual(['GET /connections/c', 'GET /session']);
});

test('fail fast: maxWait 0 rejects at once with a made-up answer, and sends nothing', async () => {
    const client = gated({ rateLimit: { isolated: true, maxWait: 0 } });
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(10, 0, 40));
    await get(client);
    const error = await get(client).catch((e: unknown) => e as NangoRateLimitError);
    expect(error).toBeInstanceOf(NangoRateLimitError);
    expect(error).toMatchObject({ status: 429, sent: false, limit: 10, remaining: 0, isAxiosError: true });
    const { retryAfter, response } = error as NangoRateLimitError;
    expect(retryAfter).toBeGreaterThanOrEqual(40);
    expect(retryAfter).toBeLessThanOrEqual(41);
    expect(response.status).toBe(429);
    expect(response.headers['retry-after']).toBe(String(retryAfter));
    expect(server.seen).toHaveLength(1);
});

test("a 429's wait that is longer than maxWait rejects at once and says how long it is", async () => {
    const client = gated({ rateLimit: { isolated: true, maxWait: 5_000 } });
    server.handle = (_request, response) => sendJson(response, own429, 429, { 'retry-after': '30', ...limits(10, 0, 30) });
    await expect(get(client)).rejects.toMatchObject({ status: 429, sent: true, retryAfter: 31 });
    await expect(get(client)).rejects.toMatchObject({ status: 429, sent: false });
    expect(server.seen).toHaveLength(1);
});

test('more calls than maxQueue may wait are rejected at once; the others go when it is their turn', async () => {
    const clock = fakeClock(startOfSecond);
    const client = gated({ rateLimit: { isolated: true, maxQueue: 2 } });
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(10, server.seen.length > 1 ? 9 : 0, 1));
    await get(client);
    const settled = Promise.allSettled([get(client), get(client), get(client)]);
    await eventually(() => expect(client.rateLimit.queued).toBe(2));
    await clock.pass(3_000);
    const results = await settled;
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({ status: 429, sent: false });
});

test('waiting calls can be cut by their signal and by totalTimeout, and leave the line', async () => {
    const clock = fakeClock(startOfSecond);
    const client = gated();
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(10, 0, 50));
    await get(client);
    const controller = new AbortController();
    const reason = new Error('mine');
    const first = get(client, { signal: controller.signal });
    const second = get(client, { totalTimeout: 80 }).catch((e: unknown) => e);
    await eventually(() => expect(client.rateLimit.queued).toBe(2));
    await clock.pass(80);
    expect(await second).toMatchObject({ scope: 'total' });
    expect(client.rateLimit.queued).toBe(1);
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(client.rateLimit.queued).toBe(0);
});

test('until an answer shows the limit, eight calls are under way at most', async () => {
    const client = gated();
    let most = 0;
    let underWay = 0;
    server.handle = (_request, response) => {
        underWay += 1;
        most = Math.max(most, underWay);
        // Learned nothing until the eighth is here: then the limit is off, and all may go.
        if (underWay < 8) return;
        server.handle = (_request, response) => sendJson(response, {});
        for (const answer of pending.splice(0)) answer();
        sendJson(response, {});
    };
    const pending: (() => void)[] = [];
    const handle = server.handle;
    server.handle = (request, response) => {
        if (underWay < 7) pending.push(() => sendJson(response, {}));
        handle(request, response);
    };
    await Promise.all(Array.from({ length: 100 }, () => get(client)));
    expect(most).toBe(8);
    expect(client.rateLimit.limit).toBeUndefined();
});

describe('what does not teach', () => {
    const learned = async (
        respond: Parameters<typeof sendJson> extends [infer R, ...unknown[]] ? (response: R) => void : never,
        input: object = {},
    ) => {
        const client = gated();
        server.handle = (_request, response) => respond(response);
        await callForResponse(client, proxy, { target: '/proxy/x', ...input }).catch(() => undefined);
        return client.rateLimit.limit;
    };
    const provider = limits(5_000, 0, 20);

    test("a failed proxied answer: its headers are the provider's", async () => {
        expect(await learned((response) => sendJson(response, { message: 'slow' }, 429, provider))).toBeUndefined();
        expect(await learned((response) => sendJson(response, { message: 'no' }, 403, provider))).toBeUndefined();
    });

    test("Nango's own 429 of a proxied call does teach", async () => {
        const client = gated({ rateLimit: { isolated: true, maxWait: 0 } });
        server.handle = (_request, response) => sendJson(response, own429, 429, { 'retry-after': '9', ...limits(7, 0, 9) });
        await expect(callForResponse(client, proxy, { target: '/proxy/x' })).rejects.toBeInstanceOf(NangoRateLimitError);
        expect(client.rateLimit).toMatchObject({ limit: 7, remaining: 0 });
    });

    test('a streamed proxied answer, an attachment, and a reset further than a window', async () => {
        const body = '{}';
        const whole = { 'content-length': String(body.length) };
        expect(await learned((response) => void response.writeHead(200, { ...whole, ...provider }).end(body))).toBe(5_000);
        expect(
            await learned((response) => {
                response.writeHead(200, provider);
                response.write(' ');
                response.end(body);
            }),
        ).toBeUndefined();
        expect(
            await learned((response) =>
                sendJson(response, {}, 200, { ...whole, ...provider, 'content-disposition': 'attachment' }),
            ),
        ).toBeUndefined();
        expect(await learned((response) => sendJson(response, {}, 200, { ...whole, ...limits(5_000, 1, 900) }))).toBeUndefined();
    });

    test.each([
        ['a limit of 0', { ...limits(0, 0, 30) }],
        ['more left than the limit', { ...limits(10, 11, 30) }],
        ['no number', { ...limits(10, 5, 30), 'x-ratelimit-remaining': 'many' }],
        ['two values in one', { ...limits(10, 5, 30), 'x-ratelimit-limit': '10, 5000' }],
        ['a reset in ten years', { ...limits(10, 0, 315_360_000) }],
        ['one header alone', { 'x-ratelimit-remaining': '0' }],
    ])('absurd headers: %s', async (_name, headers) => {
        const client = gated();
        server.handle = (_request, response) => sendJson(response, {}, 200, headers);
        await get(client);
        expect(client.rateLimit.limit).toBeUndefined();
        await get(client);
    });

    test('a reset in the past stops nobody', async () => {
        const client = gated();
        server.handle = (_request, response) => sendJson(response, {}, 200, limits(10, 0, -20));
        // A clock that stands: whoever waited would wait for ever.
        fakeClock();
        for (let i = 0; i < 20; i++) await get(client);
    });

    test('an absurd Retry-After fails its call and closes the gate for five minutes at most', async () => {
        const client = gated();
        server.handle = (_request, response) => sendJson(response, own429, 429, { 'retry-after': '999999999' });
        await expect(get(client)).rejects.toMatchObject({ status: 429, retryAfter: 1_000_000_000 });
        const error = await get(client).catch((e: unknown) => e as NangoRateLimitError);
        expect((error as NangoRateLimitError).retryAfter).toBeLessThanOrEqual(300);
    });
});

test('a call that meets ten 429s gives up', async () => {
    const events: RateLimitEvent[] = [];
    const client = gated({ hooks: { onRateLimit: (event) => void events.push(event) } });
    const clock = fakeClock();
    server.handle = (_request, response) => sendJson(response, own429, 429, { 'retry-after': '0' });
    const failed = get(client).catch((e: unknown) => e);
    for (let rejected = 1; rejected < 10; rejected++) {
        await eventually(() => expect(server.seen).toHaveLength(rejected));
        await eventually(() => expect(events.length).toBeGreaterThanOrEqual(rejected));
        await clock.pass(5_000);
    }
    expect(await failed).toBeInstanceOf(NangoRateLimitError);
    expect(server.seen).toHaveLength(10);
});

test('clients of one key share what they know; another host, another key, a script and an isolated one do not', async () => {
    const share = (options: Partial<NangoSettings> & { apiKey?: string } = {}) =>
        plainClient(adapters[0], server.url, { rateLimit: {}, ...options });
    server.handle = (_request, response) => sendJson(response, {}, 200, limits(200, 100, 30));
    await get(share());
    expect(share().rateLimit.limit).toBe(200);
    expect(share({ isScript: true }).rateLimit.limit).toBeUndefined();
    expect(share({ apiKey: 'another-key' }).rateLimit.limit).toBeUndefined();
    expect(share({ rateLimit: { isolated: true } }).rateLimit.limit).toBeUndefined();
    expect(share({ host: `${server.url}/other` }).rateLimit.limit).toBeUndefined();
    const moved = share();
    moved.apiKey = 'another-key';
    expect(moved.rateLimit.limit).toBeUndefined();
    for (const shape of [gateShape, budgetShape]) {
        const shared = (globalThis as unknown as Record<symbol, Map<string, unknown>>)[Symbol.for(shape)];
        expect(shared?.size).toBeGreaterThan(0);
        expect(JSON.stringify([...(shared as Map<string, unknown>)])).not.toContain('c0ffee');
    }
});

test('rateLimit: false fails at the first 429 and never waits', async () => {
    for (const options of [{ rateLimit: false }, {}] as const) {
        const client = gated(options);
        server.handle = (_request, response) => sendJson(response, own429, 429, { 'retry-after': '20', ...limits(9, 0, 20) });
        for (let i = 0; i < 3; i++) {
            const before = server.seen.length;
            await expect(get(client, { rateLimit: false })).rejects.toMatchObject({ status: 429, sent: true });
            expect(server.seen.length).toBe(before + 1);
        }
    }
});
