import { setTimeout as sleep } from 'node:timers/promises';
import { callForResponse, NangoTimeoutError } from '@x/core';
import { expect, test } from 'vitest';
import { type Adapter, plainClient } from '../support/adapters.js';
import { action, proxy, read } from '../support/operations.js';
import type { Context } from './context.js';

/** Time limits, the caller's signal, and streams that go silent. */
export function timeLimits(adapter: Adapter, { server }: Context): void {
    const call = (options: object, input: object = {}) =>
        callForResponse(plainClient(adapter, server().url), read, { path: { connectionId: 'c' }, options, ...input });
    /** How long a promise takes to reject, and with what. */
    const failure = async (promise: Promise<unknown>) => {
        const started = performance.now();
        const error = await promise.then(
            () => expect.fail('it should have failed'),
            (reason: unknown) => reason as Error & { scope?: string; timeout?: number },
        );
        return { error, after: performance.now() - started };
    };
    const stages = {
        'before the headers': () => {
            server().handle = () => undefined;
        },
        'within the body': () => {
            server().handle = (_request, response) => {
                response.writeHead(200, { 'content-type': 'application/json' });
                response.write('{"a":');
            };
        },
        'in a body that never ends': () => {
            server().handle = (_request, response) => {
                response.writeHead(200, { 'content-type': 'application/json' });
                const timer = setInterval(() => response.write(' '), 10);
                response.on('close', () => clearInterval(timer));
            };
        },
        'in an error body': () => {
            server().handle = (_request, response) => {
                response.writeHead(400);
                response.write('{"error":');
            };
        },
    };

    for (const [stage, prepare] of Object.entries(stages)) {
        test(`timeout ${stage}`, async () => {
            prepare();
            const { error, after } = await failure(call({ timeout: 120 }));
            expect(error).toBeInstanceOf(NangoTimeoutError);
            expect(error).toMatchObject({ scope: 'attempt', timeout: 120, code: 'ECONNABORTED' });
            expect(after).toBeGreaterThan(100);
            expect(after).toBeLessThan(2_000);
        });

        test(`totalTimeout ${stage}`, async () => {
            prepare();
            const { error, after } = await failure(call({ timeout: false, totalTimeout: 120 }));
            expect(error).toMatchObject({ scope: 'total', timeout: 120 });
            expect(after).toBeLessThan(2_000);
        });

        test(`abort ${stage}`, async () => {
            prepare();
            const reason = new Error('my reason');
            const controller = new AbortController();
            setTimeout(() => controller.abort(reason), 60);
            const { error, after } = await failure(call({ signal: controller.signal }));
            expect(error).toBe(reason);
            expect(after).toBeLessThan(2_000);
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
        const body = new ReadableStream<Uint8Array>({
            async pull(stream) {
                await sleep(5);
                stream.enqueue(new Uint8Array(65_536));
            },
        });
        setTimeout(() => controller.abort(new Error('enough')), 80);
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
        server().handle = (_request, response) => {
            response.writeHead(200);
            response.write('first');
            setTimeout(() => response.write('second'), 100);
        };
        const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
            target: '/proxy/x',
            responseType: 'stream',
            options: { timeout: 200 },
        });
        let text = '';
        const read = async () => {
            for await (const chunk of data as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
        };
        const { error, after } = await failure(read());
        expect(error).toBeInstanceOf(NangoTimeoutError);
        expect(text).toBe('firstsecond');
        expect(after).toBeGreaterThan(200);
        expect(after).toBeLessThan(3_000);
    });

    test('a stream whose reader takes its time is not timed out', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200);
            for (let i = 0; i < 40; i++) response.write(Buffer.alloc(65_536, 'x'));
            response.end();
        };
        const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
            target: '/proxy/x',
            responseType: 'stream',
            options: { timeout: 100 },
        });
        let size = 0;
        let first = true;
        for await (const chunk of data as AsyncIterable<Uint8Array>) {
            if (first) await sleep(350);
            first = false;
            size += chunk.length;
        }
        expect(size).toBe(40 * 65_536);
    });

    test('abort and totalTimeout end a stream that is being read', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200);
            response.write('first');
        };
        for (const limit of ['signal', 'totalTimeout'] as const) {
            const controller = new AbortController();
            const { data } = await callForResponse(plainClient(adapter, server().url), proxy, {
                target: '/proxy/x',
                responseType: 'stream',
                options: limit === 'signal' ? { signal: controller.signal } : { totalTimeout: 150 },
            });
            if (limit === 'signal') setTimeout(() => controller.abort(new Error('enough')), 50);
            const read = async () => {
                for await (const _chunk of data as AsyncIterable<Uint8Array>);
            };
            const { error, after } = await failure(read());
            expect(error.message).toMatch(limit === 'signal' ? 'enough' : 'totalTimeout');
            expect(after).toBeLessThan(2_000);
        }
    });

    test('a write that is cut is cut at the server too', async () => {
        const closed = new Promise<void>((resolve) => {
            server().handle = (request) => void request.socket.once('close', () => resolve());
        });
        await expect(
            callForResponse(plainClient(adapter, server().url), action, { body: {}, options: { timeout: 60 } }),
        ).rejects.toBeInstanceOf(NangoTimeoutError);
        await closed;
    });
}
