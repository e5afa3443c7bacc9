import type { ServerResponse } from 'node:http';
import { callForResponse, NangoTimeoutError } from '@x/core';
import { expect, test } from 'vitest';
import { type Adapter, plainClient } from '../support/adapters.js';
import { eventually, settle } from '../support/eventually.js';
import { fakeClock } from '../support/fake-clock.js';
import { action, proxy, read } from '../support/operations.js';
import type { Context } from './context.js';

// That of the servers, which no fake clock stops.
const { setInterval, clearInterval, setTimeout } = globalThis;
const realTime = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Time limits, the caller's signal, and streams that go silent. */
export function timeLimits(adapter: Adapter, { server }: Context): void {
    const call = (options: object, input: object = {}) =>
        callForResponse(plainClient(adapter, server().url), read, { path: { connectionId: 'c' }, options, ...input });
    const failure = (promise: Promise<unknown>) =>
        promise.then(
            () => expect.fail('it should have failed'),
            (reason: unknown) => reason as Error & { scope?: string; timeout?: number },
        );
    const stages: Record<string, (response: ServerResponse) => unknown> = {
        'before the headers': () => undefined,
        'within the body': (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":'),
        'in a body that never ends'(response) {
            response.writeHead(200, { 'content-type': 'application/json' });
            const timer = setInterval(() => response.write(' '), 10);
            response.on('close', () => clearInterval(timer));
        },
        'in an error body': (response) => response.writeHead(400).write('{"error":'),
    };

    for (const [stage, answer] of Object.entries(stages)) {
        /** Makes the call, waits until it is that far, ends it, and gives its error. */
        const cut = async (options: object, end: () => unknown) => {
            let there = false;
            server().handle = (_request, response) => {
                answer(response);
                there = true;
            };
            const error = failure(call(options));
            await eventually(() => expect(there).toBe(true));
            await settle();
            await end();
            return error;
        };

        test(`timeout ${stage}`, async () => {
            const clock = fakeClock();
            let over = false;
            const error = cut({ timeout: 120_000 }, async () => {
                await clock.pass(119_990);
                over = true;
                await clock.pass(10);
            });
            void error.then(() => expect(over).toBe(true));
            // The status of an error is there before its body, and says what to do.
            if (stage === 'in an error body') return expect(await error).toMatchObject({ name: 'NangoApiError', status: 400 });
            expect(await error).toBeInstanceOf(NangoTimeoutError);
            expect(await error).toMatchObject({ scope: 'attempt', timeout: 120_000, code: 'ECONNABORTED' });
        });

        test(`totalTimeout ${stage}`, async () => {
            const clock = fakeClock();
            const error = await cut({ timeout: false, totalTimeout: 120_000 }, () => clock.pass(120_000));
            expect(error).toMatchObject({ scope: 'total', timeout: 120_000 });
        });

        test(`abort ${stage}`, async () => {
            const reason = new Error('my reason');
            const controller = new AbortController();
            expect(await cut({ signal: controller.signal }, () => controller.abort(reason))).toBe(reason);
        });
    }

    test('a signal that was aborted before sends nothing', async () => {
        const reason = { custom: 'reason' };
        await expect(call({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
        expect(server().seen).toEqual([]);
    });

    test('abort while the request body is being sent', async () => {
        server().handle = (request) => void request.pause();
        const controller = new AbortController();
        let pieces = 0;
        const body = new ReadableStream<Uint8Array>({
            async pull(stream) {
                await new Promise((resolve) => setImmediate(resolve));
                stream.enqueue(new Uint8Array(65_536));
                if (++pieces === 5) controller.abort(new Error('enough'));
            },
        });
        const sent = callForResponse(plainClient(adapter, server().url), proxy, {
            method: 'POST',
            target: '/proxy/x',
            source: { replayable: false, open: () => ({ body, headers: {} }) },
            options: { signal: controller.signal },
        });
        await expect(sent).rejects.toThrow('enough');
    });

    test('a limit that was not reached leaves the connection usable', async () => {
        for (let i = 0; i < 3; i++) await call({ timeout: 5_000 });
        expect(server().seen).toHaveLength(3);
    });

    test('a stream: the limit holds to the headers, then for each silence of the server', async () => {
        let second = () => {};
        server().handle = (_request, response) => {
            response.writeHead(200);
            response.write('first');
            second = () => void response.write('second');
        };
        // Node's own silence of a socket goes by the real clock, all else by this one.
        const clock = fakeClock();
        const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
            target: '/proxy/x',
            responseType: 'stream',
            options: { timeout: 100 },
        });
        let text = '';
        const read = async () => {
            for await (const chunk of data as AsyncIterable<Uint8Array>) {
                text += Buffer.from(chunk).toString();
                if (text === 'first') second();
            }
        };
        let error: unknown;
        const ended = failure(read()).then((found) => {
            error = found;
        });
        await eventually(() => expect(text).toBe('firstsecond'));
        for (; error === undefined; await settle()) await clock.pass(50);
        await ended;
        expect(error).toBeInstanceOf(NangoTimeoutError);
    });

    test('a stream whose reader takes its time is not timed out', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200);
            for (let i = 0; i < 40; i++) response.write(Buffer.alloc(65_536, 'x'));
            response.end();
        };
        const clock = fakeClock();
        const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
            target: '/proxy/x',
            responseType: 'stream',
            options: { timeout: 40 },
        });
        let size = 0;
        for await (const chunk of data as AsyncIterable<Uint8Array>) {
            // The reader's own time, by both clocks: more than the limit.
            if (size === 0) await Promise.all([clock.pass(1_000), realTime(120)]);
            size += chunk.length;
        }
        expect(size).toBe(40 * 65_536);
    });

    test.each(['signal', 'totalTimeout'] as const)('%s ends a stream that is being read', async (limit) => {
        const clock = fakeClock();
        server().handle = (_request, response) => {
            response.writeHead(200);
            response.write('first');
        };
        const controller = new AbortController();
        const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
            target: '/proxy/x',
            responseType: 'stream',
            options: limit === 'signal' ? { signal: controller.signal } : { timeout: false, totalTimeout: 150_000 },
        });
        const read = async () => {
            for await (const _chunk of data as AsyncIterable<Uint8Array>) {
                if (limit === 'signal') controller.abort(new Error('enough'));
                else void clock.pass(150_000);
            }
        };
        const error = await failure(read());
        expect(error.message).toMatch(limit === 'signal' ? 'enough' : 'totalTimeout');
    });

    test('a write that is cut is cut at the server too', async () => {
        const clock = fakeClock();
        let arrived = false;
        const closed = new Promise<void>((resolve) => {
            server().handle = (request) => {
                arrived = true;
                request.socket.once('close', () => resolve());
            };
        });
        const error = failure(
            callForResponse(plainClient(adapter, server().url), action, { body: {}, options: { timeout: 60_000 } }),
        );
        await eventually(() => expect(arrived).toBe(true));
        await clock.pass(60_000);
        expect(await error).toBeInstanceOf(NangoTimeoutError);
        await closed;
    });
}
