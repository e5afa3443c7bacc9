import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
    callForResponse,
    NangoApiError,
    NangoAuthenticationError,
    NangoConfigError,
    NangoInputError,
    NangoNetworkError,
    NangoNotFoundError,
    type NangoOptions,
    NangoRateLimitError,
    NangoResponseError,
} from '@x/core';
import { oneShotBody } from '@x/core/internal';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { adapters, plainClient } from './support/adapters.js';
import { eventually } from './support/eventually.js';
import { fakeClock } from './support/fake-clock.js';
import { headReceived } from './support/head-received.js';
import { proxy, read, upload } from './support/operations.js';
import { type RouteServer, readBody, sendJson, startRouteServer } from './support/route-server.js';

/**
 * What goes wrong at the edges of a call, and must go wrong alike over both transports. Also rows `max-response-size` and
 * `upload-streams` of docs/migration.md.
 */

/** Unlike `once`, whatever error came before. */
const closing = (stream: Readable) => new Promise<void>((resolve) => stream.once('close', resolve));

describe.each(adapters)('over $name', (adapter) => {
    let server: RouteServer;
    beforeEach(async () => {
        server = await startRouteServer();
    });
    afterEach(() => server.close());

    const client = (options: Partial<NangoOptions> = {}) => plainClient(adapter, server.url, options);
    const get = (input: object = {}, options: Partial<NangoOptions> = {}) =>
        callForResponse(client(options), read, { path: { connectionId: 'c' }, ...input });
    const post = (stream: Readable | ReadableStream<Uint8Array>, options: Partial<NangoOptions> = {}, call: object = {}) =>
        callForResponse(client(options), upload, {
            target: '/proxy/files',
            source: oneShotBody(stream, 'proxy'),
            options: call,
        });
    const failure = (call: Promise<unknown>) =>
        call.then(
            () => expect.fail('it should have failed'),
            (error: unknown) => error as Error & Record<string, unknown>,
        );

    describe('an upload', () => {
        test("of a stream that fails while the call waits rejects with the stream's own error", async () => {
            const stream = createReadStream('/no/such/file');
            const wait = { aroundCall: async <T>(_call: unknown, run: () => Promise<T>) => closing(stream).then(run) };
            const error = await failure(post(stream, { hooks: wait as never }));
            expect(error).toMatchObject({ code: 'ENOENT', syscall: 'open' });
            expect(server.seen).toEqual([]);
        });

        test("of a stream that fails at once, or in the middle, rejects with the stream's own error", async () => {
            server.handle = (request, response) =>
                void readBody(request).then(
                    () => response.end('{}'),
                    () => undefined,
                );
            expect(await failure(post(createReadStream('/no/such/file')))).toMatchObject({ code: 'ENOENT' });
            const mine = new Error('the disk is gone');
            async function* pieces() {
                yield Buffer.alloc(100_000);
                throw mine;
            }
            expect(await failure(post(Readable.from(pieces(), { objectMode: false })))).toBe(mine);
            expect(await failure(post(Readable.from(pieces())))).toBe(mine);
            let pulls = 0;
            const web = new ReadableStream<Uint8Array>({
                pull(sink) {
                    if (pulls++ < 3) sink.enqueue(new Uint8Array(10));
                    else sink.error(mine);
                },
            });
            expect(await failure(post(web))).toBe(mine);
        });

        test('of a stream that failed before the call rejects with its error', async () => {
            const stream = new PassThrough();
            stream.on('error', () => undefined);
            stream.destroy(new Error('before'));
            await closing(stream);
            expect((await failure(post(stream))).message).toBe('before');
        });

        test.each([
            [
                'that was read to its end',
                async () => {
                    const stream = Readable.from(['a'], { objectMode: false }).resume();
                    await closing(stream);
                    return stream;
                },
                'was read to its end already',
            ],
            ['that was destroyed', async () => new PassThrough().destroy(), 'was destroyed already'],
            ['that can only be written to', async () => new Writable() as never, 'can only be written to'],
        ])('of a stream %s is refused with words, and nothing is sent', async (_how, stream, words) => {
            const given = await stream();
            const error = await failure((async () => post(given))());
            expect(error).toBeInstanceOf(NangoInputError);
            expect(error.message).toContain(`proxy: the stream in \`data\` ${words}`);
            expect(server.seen).toEqual([]);
        });

        test('of a stream that ended, but was never read, is empty', async () => {
            server.handle = (request, response) => void readBody(request).then((body) => sendJson(response, { got: `${body}` }));
            const stream = new PassThrough();
            stream.end();
            expect((await post(stream)).data).toEqual({ got: '' });
        });

        test.each([
            ['objects', () => Readable.from([{ a: 1 }])],
            ['numbers', () => new ReadableStream({ start: (sink) => sink.enqueue(7 as never) })],
        ])('of a stream of %s is refused with words', async (_name, stream) => {
            server.handle = (request, response) =>
                void readBody(request).then(
                    () => response.end('{}'),
                    () => undefined,
                );
            const error = await failure(post(stream()));
            expect(error).toBeInstanceOf(NangoInputError);
            expect(error.message).toMatch(
                /^proxy: the stream in `data` gives (?:an object|7) where a body is made of text or bytes/,
            );
        });

        test('of a stream in object mode that gives text and bytes arrives', async () => {
            let body = '';
            server.handle = async (request, response) => {
                body = (await readBody(request)).toString();
                response.end('{}');
            };
            await post(Readable.from(['ä', Buffer.from('b')]));
            expect(body).toBe('äb');
        });

        test.each<[string, Partial<NangoOptions>, object]>([
            ['an option is wrong', {}, { timeout: -1 }],
            ['it is aborted', {}, { signal: AbortSignal.abort() }],
            ['its time ran out in a hook', { hooks: { aroundCall: () => new Promise(() => undefined) }, totalTimeout: 5 }, {}],
            ['nobody listens', { host: 'http://127.0.0.1:1' }, {}],
        ])('that ends before it is sent, since %s, leaves no stream open', async (_why, options, call) => {
            const folder = mkdtempSync(join(tmpdir(), 'edges-'));
            onTestFinished(() => rmSync(folder, { recursive: true }));
            writeFileSync(join(folder, 'file'), 'x'.repeat(1_000_000));
            const stream = createReadStream(join(folder, 'file'));
            const closed = closing(stream);
            await failure(post(stream, options, call));
            await closed;
            const cancelled = vi.fn();
            await failure(post(new ReadableStream({ cancel: cancelled }), options, call));
            await eventually(() => expect(cancelled).toHaveBeenCalledOnce());
        });

        test.each<[string, NangoOptions['rateLimit'], object]>([
            ['would have to wait', { maxWait: 0 }, {}],
            ['finds the line full', { maxQueue: 0 }, {}],
            ['runs out of time in line', {}, { totalTimeout: 5 }],
            ['is aborted in line', {}, { signal: AbortSignal.timeout(5) }],
        ])('that %s leaves no stream open', async (_why, rateLimit, call) => {
            server.handle = (_request, response) => {
                const reset = String(Math.ceil(Date.now() / 1_000) + 30);
                sendJson(response, {}, 200, {
                    'x-ratelimit-limit': '1',
                    'x-ratelimit-remaining': '0',
                    'x-ratelimit-reset': reset,
                });
            };
            const paced = client({ rateLimit: { isolated: true, ...rateLimit } });
            await callForResponse(paced, read, { path: { connectionId: 'c' } });
            const stream = new PassThrough();
            const closed = closing(stream);
            const input = { target: '/proxy/files', source: oneShotBody(stream, 'proxy'), options: call };
            await failure(callForResponse(paced, upload, input));
            await closed;
            expect(server.seen).toHaveLength(1);
        });

        test('that is answered early is given up', async () => {
            server.handle = (_request, response) => {
                response.writeHead(413, { 'content-type': 'application/json' }).end('{"error":"too big"}');
            };
            const stream = new Readable({ read() {} });
            stream.push('a piece');
            const closed = closing(stream);
            const error = await failure(post(stream));
            expect(error).toMatchObject({ status: 413 });
            await closed;
        });
    });

    describe('an abort', () => {
        test('in the tick of the call sends nothing', async () => {
            const controller = new AbortController();
            const call = failure(get({ options: { signal: controller.signal } }));
            controller.abort();
            expect((await call).name).toBe('AbortError');
            expect(server.seen).toEqual([]);
        });

        test('in a hook sends nothing', async () => {
            const controller = new AbortController();
            const hooks = { onRequest: () => controller.abort() };
            expect((await failure(get({ options: { signal: controller.signal } }, { hooks }))).name).toBe('AbortError');
            expect(server.seen).toEqual([]);
        });

        test('a few turns after the call never counts as sent when it was not', async () => {
            await get();
            for (let turns = 0; turns < 12; turns++) {
                const before = server.seen.length;
                const controller = new AbortController();
                const sent = vi.fn();
                const own = client(
                    adapter.name === 'fetch'
                        ? {
                              fetch: async (url, init) => {
                                  sent();
                                  return fetch(url, init);
                              },
                          }
                        : {},
                );
                const call = failure(
                    callForResponse(own, read, { path: { connectionId: 'c' }, options: { signal: controller.signal } }),
                );
                for (let turn = 0; turn < turns; turn++) await undefined;
                const begun = sent.mock.calls.length;
                controller.abort();
                expect((await call).name).toBe('AbortError');
                expect(sent).toHaveBeenCalledTimes(begun);
                expect(server.seen.length - before).toBeLessThanOrEqual(1);
            }
        });

        test('eleven calls with one signal are no leak', async () => {
            const warned = vi.fn();
            process.on('warning', warned);
            onTestFinished(() => void process.off('warning', warned));
            const { signal } = new AbortController();
            await Promise.all(Array.from({ length: 30 }, () => get({ options: { signal } })));
            await new Promise((resolve) => setImmediate(resolve));
            expect(warned.mock.calls.filter(([warning]) => warning.name === 'MaxListenersExceededWarning')).toEqual([]);
        });
    });

    describe('an error answer', () => {
        const broken = {
            'breaks off': (status: number, headers: object) => {
                server.handle = (_request, response) => {
                    response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': 500 });
                    response.write('{"error":', () => response.destroy());
                };
            },
            'is no gzip': (status: number, headers: object) => {
                server.handle = (_request, response) =>
                    void response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end('never compressed');
            },
            'is empty gzip': (status: number, headers: object) => {
                server.handle = (_request, response) =>
                    void response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end();
            },
            'is empty brotli': (status: number, headers: object) => {
                server.handle = (_request, response) =>
                    void response.writeHead(status, { ...headers, 'content-encoding': 'br', 'content-length': '0' }).end();
            },
        };
        test.each(Object.entries(broken))('that %s keeps its status, its class and what it asks for', async (_how, answer) => {
            answer(401, {});
            expect(await failure(get())).toBeInstanceOf(NangoAuthenticationError);
            answer(404, { 'x-request-id': 'r1' });
            const missing = await failure(get());
            expect(missing).toBeInstanceOf(NangoNotFoundError);
            expect(missing.response).toMatchObject({ status: 404, headers: { 'x-request-id': 'r1' }, data: '' });
            answer(429, { 'retry-after': '7' });
            const limited = await failure(get());
            expect(limited).toBeInstanceOf(NangoRateLimitError);
            expect(limited.retryAfter).toBe(7);
            answer(503, {});
            const down = await failure(get({}, { retry: { limit: 1, baseDelay: 0 } }));
            expect(down).toBeInstanceOf(NangoApiError);
            expect(server.seen).toHaveLength(5);
        });

        test.each(Object.entries(broken))('429 that %s is waited for', async (_how, answer) => {
            answer(429, { 'retry-after': '0' });
            const { handle } = server;
            let calls = 0;
            server.handle = (request, response) => (calls++ === 0 ? handle(request, response) : sendJson(response, { ok: true }));
            const { data } = await get({}, { rateLimit: { isolated: true } });
            expect([data, calls]).toEqual([{ ok: true }, 2]);
        });
    });

    test.each([401, 429])('a %i whose body never comes keeps its status when its time is up', async (status) => {
        server.handle = (_request, response) => {
            response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' });
            response.write('{"error":');
        };
        const clock = fakeClock();
        const cutAfterHead = async (options: object) => {
            const received = headReceived();
            const failed = failure(get({ options }));
            await received;
            await clock.pass(50);
            return failed;
        };
        const expected = status === 401 ? NangoAuthenticationError : NangoRateLimitError;
        expect(await cutAfterHead({ timeout: 50 })).toBeInstanceOf(expected);
        expect(await cutAfterHead({ totalTimeout: 50 })).toMatchObject({ scope: 'total' });
    });

    test('a call that a hook aborts when it is answered is aborted, all of its answer being there', async () => {
        const stop = new AbortController();
        const hooks = { onResponse: () => stop.abort(new Error('enough')) };
        const error = await failure(get({ options: { signal: stop.signal } }, { hooks }));
        expect(error.message).toBe('enough');
    });

    test.each([201, 202])('an empty body of gzip with %i is empty', async (status) => {
        const target = { target: '/proxy/x' };
        for (const encoding of ['gzip', 'br', 'deflate']) {
            server.handle = (_request, response) => void response.writeHead(status, { 'content-encoding': encoding }).end();
            expect(await callForResponse(client(), proxy, target)).toMatchObject({ status, data: '' });
            const { data } = await callForResponse(client(), proxy, { ...target, responseType: 'stream' });
            let size = 0;
            for await (const chunk of data as AsyncIterable<Uint8Array>) size += chunk.length;
            expect(size).toBe(0);
        }
    });

    test('two encodings, one upon the other, are both undone', async () => {
        server.handle = (_request, response) => {
            response.writeHead(200, { 'content-encoding': 'gzip, br' });
            response.end(brotliCompressSync(gzipSync('{"a":1}')));
        };
        expect((await get()).data).toEqual({ a: 1 });
        const { data } = await callForResponse(client(), proxy, { target: '/proxy/x', responseType: 'stream' });
        const chunks: Uint8Array[] = [];
        for await (const chunk of data as AsyncIterable<Uint8Array>) chunks.push(chunk);
        expect(Buffer.concat(chunks).toString()).toBe('{"a":1}');
    });

    test("a stream's limit of silence ends with its last byte: another stream on the same connection keeps its own", async () => {
        const rows = JSON.stringify({ rows: Array.from({ length: 20_000 }, (_, id) => ({ id })) });
        server.handle = (request, response) => {
            response.writeHead(200, request.url === '/proxy/first' ? { 'content-encoding': 'gzip' } : {});
            if (request.url === '/proxy/first') response.end(gzipSync(rows));
            else response.write('a piece, and then nothing');
        };
        const one = new Agent({ keepAlive: true, maxSockets: 1 });
        onTestFinished(() => one.destroy());
        const open = async (name: string) => {
            const input = { target: `/proxy/${name}`, responseType: 'stream', options: { timeout: 2_000 } } as const;
            return (await callForResponse(client({ httpAgent: one }), proxy, input)).data as AsyncIterable<Uint8Array>;
        };
        const first = await open('first');
        const second = await open('second');
        let size = 0;
        for await (const chunk of first) size += chunk.length;
        expect(size).toBe(rows.length);
        const drain = async () => {
            for await (const _chunk of second);
        };
        expect(await failure(drain())).toMatchObject({ name: 'NangoTimeoutError' });
    });

    test.each([
        ...['Content-Length', 'Transfer-Encoding', 'HOST', 'Expect', 'upgrade', 'Connection', 'Keep-Alive'],
        ...['TE', 'Trailer', 'Proxy-Connection'],
    ])('the header %s is refused before anything is sent', async (name) => {
        const headers = { [name]: '5' };
        const error = await failure(get({ options: { headers } }));
        expect(error).toBeInstanceOf(NangoInputError);
        expect(error.message).toContain(`header \`${name}\` belongs to the connection`);
        expect(() => client({ headers })).toThrow(NangoConfigError);
        expect(server.seen).toEqual([]);
    });

    test('text loses its byte order mark', async () => {
        server.handle = (_request, response) => response.end('\ufeffname;age');
        const input = { target: '/proxy/x', responseType: 'text' } as const;
        expect((await callForResponse(client(), proxy, input)).data).toBe('name;age');
        expect((await callForResponse(client(), proxy, { target: '/proxy/x' })).data).toBe('name;age');
    });

    test('with every timer of the process faked, connections that idled are used again', async () => {
        await get();
        vi.useFakeTimers();
        onTestFinished(() => void vi.useRealTimers());
        vi.setSystemTime(Date.now() + 5_000);
        expect((await get()).status).toBe(200);
    });

    // Without its header, fetch takes it for news of an answer that is still to come.
    const switches = ['upgrade: websocket\r\nconnection: upgrade\r\n', ...(adapter.name === 'fetch' ? [] : [''])];
    test.each(switches)('a 101 that nobody asked for fails at once (%j)', async (headers) => {
        server.handle = (request) => void request.socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
        const error = await failure(get());
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('maybe-sent');
    });

    describe('maxResponseSize', () => {
        const bomb = brotliCompressSync(Buffer.alloc(30_000_000));
        beforeEach(() => {
            server.handle = (_request, response) => void response.writeHead(200, { 'content-encoding': 'br' }).end(bomb);
        });
        const target = { target: '/proxy/x' };

        test.each([undefined, 'json', 'text', 'arraybuffer', 'blob'] as const)('ends the reading of %s', async (responseType) => {
            const input = { ...target, responseType };
            const error = await failure(callForResponse(client({ maxResponseSize: 1_000_000 }), proxy, input));
            expect(error).toBeInstanceOf(NangoResponseError);
            expect(error).toMatchObject({ status: 200, reason: 'too_large' });
            expect(error.message).toContain('more than 1000000 bytes. Raise `maxResponseSize`');
        });

        test('counts decompressed bytes, is 256 MiB unless set, may be set for a call, and leaves streams alone', async () => {
            expect(bomb.length).toBeLessThan(1_000);
            const bytes = { ...target, responseType: 'arraybuffer' } as const;
            const size = async (options: Partial<NangoOptions>, call?: object) =>
                ((await callForResponse(client(options), proxy, { ...bytes, options: call })).data as Uint8Array).byteLength;
            expect(await size({})).toBe(30_000_000);
            expect(await size({ maxResponseSize: 30_000_000 })).toBe(30_000_000);
            expect(await size({ maxResponseSize: 5 }, { maxResponseSize: Number.POSITIVE_INFINITY })).toBe(30_000_000);
            await expect(size({}, { maxResponseSize: 29_999_999 })).rejects.toThrow(NangoResponseError);
            const input = { ...target, responseType: 'stream' } as const;
            const { data } = await callForResponse(client({ maxResponseSize: 5 }), proxy, input);
            let read = 0;
            for await (const chunk of data as AsyncIterable<Uint8Array>) read += chunk.length;
            expect(read).toBe(30_000_000);
        });

        test.each([0, -1, Number.NaN, '5'])('%j is refused', async (maxResponseSize) => {
            expect(() => client({ maxResponseSize: maxResponseSize as number })).toThrow(
                '`maxResponseSize` must be a number of bytes',
            );
            await expect(get({ options: { maxResponseSize } })).rejects.toThrow(NangoInputError);
        });
    });
});
