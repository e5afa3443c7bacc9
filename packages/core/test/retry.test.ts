import type { AddressInfo } from 'node:net';
import { createServer as createRawServer } from 'node:net';
import { callForResponse, NangoApiError, type NangoSettings, NangoTimeoutError, type RetryEvent } from '@x/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Adapter, adapters, plainClient } from './support/adapters.js';
import { eventually, settle } from './support/eventually.js';
import { fakeClock } from './support/fake-clock.js';
import { action, proxy, read } from './support/operations.js';
import { type RouteServer, sendJson, startRouteServer } from './support/route-server.js';

let server: RouteServer;
beforeEach(async () => {
    server = await startRouteServer();
});
afterEach(() => {
    vi.useRealTimers();
    return server.close();
});

/** Answers with these statuses, one after another; then with 200. */
function answerWith(...statuses: (number | [number, Record<string, string>])[]): void {
    const left = [...statuses];
    server.handle = (_request, response) => {
        const next = left.shift() ?? 200;
        const [status, headers] = Array.isArray(next) ? next : [next, {}];
        if (status === 200) return sendJson(response, { ok: true });
        response.writeHead(status, headers).end();
    };
}

describe.each(adapters)('retries over $name', (adapter: Adapter) => {
    const client = (options: Partial<NangoSettings> = {}) =>
        plainClient(adapter, server.url, { retry: { baseDelay: 1 }, rateLimit: { isolated: true }, ...options });
    const get = (options: object = {}, nango = client()) =>
        callForResponse(nango, read, { path: { connectionId: 'c' }, options });

    test('onRetry reports the attempt that failed, its cause and the wait', async () => {
        answerWith(503, 502);
        const events: RetryEvent[] = [];
        await get({}, client({ hooks: { onRetry: (event) => void events.push(event) } }));
        expect(events.map(({ attempt, cause }) => ({ attempt, cause }))).toEqual([
            { attempt: 1, cause: { status: 503 } },
            { attempt: 2, cause: { status: 502 } },
        ]);
        for (const { wait } of events) expect(wait).toBeLessThan(3);
    });

    test("a call's own `retry` wins over its client's", async () => {
        answerWith(503, 503, 503, 503);
        await expect(get({ retry: false })).rejects.toMatchObject({ status: 503 });
        expect(server.seen).toHaveLength(1);
        await expect(get({ retry: { limit: 1 } })).rejects.toMatchObject({ status: 503 });
        expect(server.seen).toHaveLength(3);
        await expect(get({ retry: { limit: 1, baseDelay: 1 } }, client({ retry: false }))).resolves.toMatchObject({
            status: 200,
        });
    });

    test('without options three repeats are made, and the last error is what the caller gets', async () => {
        answerWith(503, 502, 504, 503);
        const error = await get({}, plainClient(adapter, server.url, { retry: { baseDelay: 1 } })).catch((e: unknown) => e);
        expect(error).toBeInstanceOf(NangoApiError);
        expect(error).toMatchObject({ status: 503 });
        expect(server.seen).toHaveLength(4);
    });

    test('Retry-After is obeyed as seconds and as a date, whatever our clock says', async () => {
        const date = Date.UTC(2031, 0, 1, 12);
        answerWith(
            [503, { 'retry-after': '1' }],
            [503, { date: new Date(date).toUTCString(), 'retry-after': new Date(date + 1_000).toUTCString() }],
        );
        const clock = fakeClock();
        const waits: number[] = [];
        const answer = get({}, client({ hooks: { onRetry: ({ wait }) => void waits.push(wait) } }));
        for (const repeat of [1, 2]) {
            await eventually(() => expect(waits).toHaveLength(repeat));
            const [wait] = waits.slice(-1) as [number];
            expect(wait).toBeGreaterThanOrEqual(1_000);
            await clock.pass(wait - 2);
            await settle();
            expect(server.seen).toHaveLength(repeat);
            await clock.pass(2);
            await eventually(() => expect(server.seen).toHaveLength(repeat + 1));
        }
        await answer;
    });

    test('a Retry-After of an hour is not waited for', async () => {
        answerWith([503, { 'retry-after': '3600' }]);
        await expect(get()).rejects.toMatchObject({ status: 503 });
        expect(server.seen).toHaveLength(1);
    });

    test('a body that can be sent once is sent once', async () => {
        for (const status of [503, 429]) {
            answerWith(status);
            const before = server.seen.length;
            const body = new Blob(['once']).stream() as ReadableStream<Uint8Array>;
            const call = callForResponse(client(), proxy, {
                method: 'POST',
                target: '/proxy/x',
                source: { replayable: false, open: () => ({ body, headers: {} }) },
                options: { retry: { limit: 3, baseDelay: 1 } },
            });
            await expect(call).rejects.toMatchObject({ status });
            expect(server.seen.length).toBe(before + 1);
        }
    });

    test('a write is repeated when no connection could be made', async () => {
        const free = createRawServer();
        await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
        const { port } = free.address() as AddressInfo;
        await new Promise((resolve) => free.close(resolve));
        let received = 0;
        const late = createRawServer((socket) => {
            socket.on('data', () => {
                received += 1;
                socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
            });
        });
        const causes: RetryEvent['cause'][] = [];
        const nango = plainClient(adapter, `http://127.0.0.1:${port}`, {
            retry: { baseDelay: 200, limit: 50 },
            rateLimit: { isolated: true },
            hooks: {
                onRetry: ({ cause }) => {
                    if (causes.push(cause) === 1) late.listen(port, '127.0.0.1');
                },
            },
        });
        try {
            await callForResponse(nango, action, { body: {} });
            expect(causes[0]).toEqual({ progress: 'not-sent', code: 'ECONNREFUSED' });
            expect(received).toBe(1);
        } finally {
            late.close();
        }
    });

    test('totalTimeout ends the backoff, and its error says what the call had met', async () => {
        answerWith(503, 503, 503, 503);
        const clock = fakeClock();
        vi.spyOn(Math, 'random').mockReturnValue(1);
        const failed = get({ totalTimeout: 150, retry: { baseDelay: 60_000, maxDelay: 60_000 } }).catch((e: unknown) => e);
        await eventually(() => expect(clock.timers).toContain(60_000));
        await clock.pass(150);
        const error = await failed;
        expect(error).toBeInstanceOf(NangoTimeoutError);
        expect(error).toMatchObject({ scope: 'total', timeout: 150 });
        expect((error as Error).cause).toMatchObject({ status: 503 });
    });

    test('the caller cuts the backoff', async () => {
        answerWith(503, 503);
        const controller = new AbortController();
        const reason = new Error('mine');
        const clock = fakeClock();
        vi.spyOn(Math, 'random').mockReturnValue(1);
        const cut = get({ signal: controller.signal, timeout: false, retry: { baseDelay: 60_000, maxDelay: 60_000 } });
        cut.catch(() => undefined);
        await eventually(() => expect(clock.timers).toContain(60_000));
        controller.abort(reason);
        await expect(cut).rejects.toBe(reason);
        expect(server.seen).toHaveLength(1);
    });

    test('a keep-alive connection that the server half-closes is not used for the next call', async () => {
        let requests = 0;
        let ended = 0;
        const closing = createRawServer({ allowHalfOpen: true }, (socket) => {
            socket.on('error', () => undefined);
            socket.on('end', () => {
                ended += 1;
            });
            socket.on('data', () => {
                requests += 1;
                socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', () => socket.end());
            });
        });
        await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
        const nango = plainClient(adapter, `http://127.0.0.1:${(closing.address() as AddressInfo).port}`);
        try {
            for (let i = 0; i < 5; i++) {
                await callForResponse(nango, action, { body: {} });
                // The client has heard of it, and lets go of the connection.
                await eventually(() => expect(ended).toBe(requests));
            }
            expect(requests).toBe(5);
        } finally {
            closing.close();
        }
    });
});

test('a server that fails everything gets no more repeats than the budget holds, and some again when it is well', async () => {
    // The empty budget lets one more through each 5 s.
    vi.useFakeTimers({ toFake: ['Date'] });
    let down = true;
    server.handle = (_request, response) => (down ? void response.writeHead(503).end() : sendJson(response, {}));
    const nango = plainClient(adapters[0], server.url, { retry: { baseDelay: 1, limit: 3 }, rateLimit: { isolated: true } });
    const get = () => callForResponse(nango, read, { path: { connectionId: 'c' } }).catch(() => undefined);
    await Promise.all(Array.from({ length: 120 }, get));
    expect(server.seen.length).toBeGreaterThan(160);
    // 50 in reserve, and one to find out whether the server is back.
    expect(server.seen.length).toBeLessThanOrEqual(171);
    down = false;
    await Promise.all(Array.from({ length: 100 }, get));
    down = true;
    const before = server.seen.length;
    await get();
    expect(server.seen.length).toBe(before + 4);
});

test('a signal that outlives 2,000 calls is left with as many listeners as it had', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    server.handle = (request, response) => {
        if (request.url?.endsWith('bad')) response.writeHead(404).end();
        else sendJson(response, {});
    };
    const nango = plainClient(adapters[0], server.url, { rateLimit: { isolated: true } });
    for (let i = 0; i < 40; i++) {
        await Promise.all(
            Array.from({ length: 50 }, (_, j) =>
                callForResponse(nango, read, {
                    path: { connectionId: j === 0 ? 'bad' : 'c' },
                    options: { signal, totalTimeout: j === 1 ? 60_000 : undefined },
                }).catch(() => undefined),
            ),
        );
    }
    const stream = await callForResponse(nango, proxy, { target: '/proxy/x', responseType: 'stream', options: { signal } });
    for await (const _chunk of stream.data as AsyncIterable<Uint8Array>);
    // Calls that go on at the same time share one.
    expect(added).toHaveBeenCalledTimes(41);
    const listeners = (spy: typeof added | typeof removed) => spy.mock.calls.map(([, listener]) => listener);
    expect(listeners(removed)).toEqual(listeners(added));
});
