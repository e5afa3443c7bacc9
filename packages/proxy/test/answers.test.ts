import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { NangoApiError, NangoNetworkError, NangoProviderError, NangoResponseError } from '@x/core';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import { fakeClock } from '../../core/test/support/fake-clock.js';
import { apiKey, fail, serveRaw } from '../../core/test/support/loopback.js';
import { ProxyCalls } from '../src/index.js';
import { start, through, transports } from './support.js';

const at = { ...through, endpoint: '/a' };
const binary = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
}

describe.each(transports)('over %s', (name, options) => {
    test.each<[string, string, unknown]>([
        ['JSON', '{"a":1}', { a: 1 }],
        ['JSON behind a byte order mark', '\ufeff[1]', [1]],
        ['a JSON number', '7', 7],
        ['text', 'hello', 'hello'],
        ['nothing', '', ''],
    ])('%s is handed over as axios would', async (_what, body, data) => {
        const { nango } = await start(
            (_request, response) => void response.writeHead(200, { 'X-Request-Id': 'r1' }).end(body),
            options,
        );
        expect(await nango.get(at)).toMatchObject({ data, status: 200, statusText: 'OK', headers: { 'x-request-id': 'r1' } });
    });

    test('each response type gives what it says, compressed or not', async () => {
        for (const encoding of [undefined, 'gzip']) {
            const body = encoding ? gzipSync(binary) : binary;
            const { nango } = await start(
                (_request, response) =>
                    void response
                        .writeHead(200, { 'content-type': 'image/png', ...(encoding && { 'content-encoding': encoding }) })
                        .end(body),
                options,
            );
            const bytes = await nango.get<Uint8Array>({ ...at, responseType: 'arraybuffer' });
            expect(Buffer.from(bytes.data)).toEqual(binary);
            const blob = await nango.get<Blob>({ ...at, responseType: 'blob' });
            expect([blob.data.type, Buffer.from(await blob.data.arrayBuffer())]).toEqual(['image/png', binary]);
            const stream = await nango.get<AsyncIterable<Uint8Array>>({ ...at, responseType: 'stream' });
            expect(await collect(stream.data)).toEqual(binary);
        }
        const { nango } = await start(() => ({ a: 1 }), options);
        expect((await nango.get({ ...at, responseType: 'text' })).data).toBe('{"a":1}');
        expect((await nango.get({ ...at, responseType: 'json' })).data).toEqual({ a: 1 });
    });

    test('status and headers of 204 and HEAD come through', async () => {
        const { nango } = await start(({ method }, response) => {
            if (method === 'DELETE') response.writeHead(204).end();
            else response.writeHead(200, { 'content-length': '1000', etag: 'x' }).end();
        }, options);
        expect(await nango.delete(at)).toMatchObject({ status: 204, data: '' });
        expect(await nango.proxy({ ...at, method: 'HEAD' })).toMatchObject({
            data: '',
            headers: { 'content-length': '1000', etag: 'x' },
        });
    });

    test('server-sent events arrive one by one', async () => {
        for (const encoding of ['identity', 'gzip']) {
            const sent: (() => void)[] = [];
            const url = await serveRaw(async (_request, response) => {
                response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': encoding });
                const out = encoding === 'gzip' ? (await import('node:zlib')).createGzip() : response;
                if (out !== response) (out as never as NodeJS.ReadableStream).pipe(response);
                response.flushHeaders();
                let count = 0;
                const send = () => {
                    out.write(`data: event ${++count}\n\n`);
                    if ('flush' in out) (out as { flush(): void }).flush();
                };
                sent.push(send, () => out.end());
                send();
            });
            const nango = new ProxyCalls({ apiKey, host: url, ...options });
            const { data } = await nango.get<AsyncIterable<Uint8Array>>({ ...at, responseType: 'stream' });
            const events: string[] = [];
            let text = '';
            for await (const chunk of data) {
                text += Buffer.from(chunk).toString();
                const whole = text.split('\n\n');
                text = whole.pop() as string;
                events.push(...whole);
                // The next event is sent only when this one has arrived: a buffer on the way would end the test by its time limit.
                if (whole.length > 0) sent[events.length < 5 ? 0 : 1]?.();
            }
            expect(events).toEqual([1, 2, 3, 4, 5].map((count) => `data: event ${count}`));
        }
    });

    test('a stream that goes silent, breaks off or is aborted ends with the fitting error', async () => {
        let breakOff = () => {};
        const url = await serveRaw((request, response) => {
            breakOff = () => response.destroy();
            if (request.url?.endsWith('/garbled')) {
                response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip');
                return;
            }
            response.writeHead(200, {
                'content-length': '1000',
                ...(request.url?.includes('/gzip/') && { 'content-encoding': 'gzip' }),
            });
            const gzip = gzipSync(Buffer.alloc(50_000, '0123456789abcdef')).subarray(0, 60);
            response.write(request.url?.includes('/gzip/') ? gzip : 'begin');
        });
        const nango = new ProxyCalls({ apiKey, host: url, ...options });
        const read = async (endpoint: string, more: object = {}) => {
            const { data } = await nango.get<AsyncIterable<Uint8Array>>({ ...at, endpoint, responseType: 'stream', ...more });
            if (endpoint.endsWith('/breaks')) breakOff();
            if (endpoint === '/aborted') controller.abort(reason);
            return collect(data);
        };
        const controller = new AbortController();
        const reason = new Error('enough');
        await expect(read('/silent', { timeout: 50 })).rejects.toMatchObject({ name: 'NangoTimeoutError', timeout: 50 });
        for (const endpoint of ['/breaks', '/gzip/breaks']) {
            const broken = read(endpoint);
            await expect(broken).rejects.toThrow(NangoResponseError);
            await expect(broken).rejects.toMatchObject({ reason: 'truncated', operation: 'proxy' });
        }
        await expect(read('/garbled')).rejects.toMatchObject({ name: 'NangoResponseError' });
        await expect(read('/aborted', { signal: controller.signal })).rejects.toBe(reason);
    });

    test('a reader that takes its time is not a silent server', async () => {
        const url = await serveRaw((_request, response) => void response.end(Buffer.alloc(4_000_000)));
        const nango = new ProxyCalls({ apiKey, host: url, ...options });
        // Node's own silence of a socket goes by the real clock, all else by this one.
        const clock = fakeClock();
        const { data } = await nango.get<AsyncIterable<Uint8Array>>({ ...at, responseType: 'stream', timeout: 40 });
        let size = 0;
        let pauses = 0;
        for await (const chunk of data) {
            size += chunk.length;
            if (pauses++ < 3) await Promise.all([clock.pass(1_000), wait(100)]);
        }
        expect(size).toBe(4_000_000);
    });

    test("the error of a streamed call has the provider's body", async () => {
        const { nango } = await start(
            (_request, response) => fail(response, 422, 'bad_field', { message: 'name is taken' }),
            options,
        );
        const error = await nango.get({ ...at, responseType: 'stream' }).catch((error) => error);
        expect(error).toBeInstanceOf(NangoProviderError);
        expect(error).toMatchObject({ status: 422, source: 'provider', response: { data: { error: { code: 'bad_field' } } } });
    });

    // docs/migration.md: proxy-failed-stream
    test('the body of a failure has the type that was asked for, and no secret', async () => {
        const { nango } = await start((_request, response) => {
            response.writeHead(422, { 'content-type': 'application/json' });
            response.end('{ "message": "name is taken", "client_secret": "hunter2hunter2" }');
        }, options);
        const fail = async (responseType: 'text' | 'arraybuffer' | 'blob' | 'json' | undefined) => {
            const error = await nango.get({ ...at, responseType }).catch((error) => error);
            expect(error).toBeInstanceOf(NangoProviderError);
            expect(error.message).toContain('the provider answered 422 name is taken [');
            return error.response.data;
        };
        const text = '{ "message": "name is taken", "client_secret": "[redacted]" }';
        expect(await fail('text')).toBe(text);
        const bytes = await fail('arraybuffer');
        expect(Buffer.isBuffer(bytes)).toBe(true);
        expect(bytes.toString()).toBe(text);
        const blob = await fail('blob');
        expect([blob.type, await blob.text()]).toEqual(['application/json', text]);
        for (const type of ['json', undefined] as const)
            expect(await fail(type)).toEqual({ message: 'name is taken', client_secret: '[redacted]' });
    });

    test('a body that trips over the server’s fault with `%` is explained', async () => {
        const { nango } = await start(
            (_request, response) => fail(response, 500, 'generic_error_support', { payload: 'x' }),
            options,
        );
        const post = (data: unknown) => nango.post({ ...at, data }).catch((error) => error.message);
        expect(await post(Buffer.from('%PDF'))).toContain('a `%` that is not followed by two hex digits');
        expect(await post('100% sure')).toContain('a `%` that is not followed by two hex digits');
        expect(await post({ text: '100% sure' })).not.toContain('hex digits');
        expect(await nango.get(at).catch((error) => error.message)).not.toContain('hex digits');
    });

    test('leaving a stream early lets go of its connection', async () => {
        let closed = 0;
        const url = await serveRaw((_request, response) => {
            response.on('close', () => closed++);
            const more = () => response.write(Buffer.alloc(65_536)) || undefined;
            response.on('drain', more);
            more();
        });
        const nango = new ProxyCalls({ apiKey, host: url, ...options });
        const { data } = await nango.get<AsyncIterable<Uint8Array>>({ ...at, responseType: 'stream' });
        for await (const _ of data) break;
        await eventually(() => expect(closed).toBe(1));
    });

    test('an answer that comes before the upload has ended counts, and the upload stops', async () => {
        const url = await serveRaw((request, response) => {
            request.resume();
            fail(response, 413, 'too_large');
        });
        const nango = new ProxyCalls({ apiKey, host: url, ...options });
        let stopped = () => {};
        const cancelled = new Promise<void>((resolve) => (stopped = resolve));
        const data = new ReadableStream({
            async pull(stream) {
                await new Promise((resolve) => setImmediate(resolve));
                stream.enqueue(new Uint8Array(65_536));
            },
            cancel: stopped,
        });
        await expect(nango.post({ ...at, data })).rejects.toMatchObject({ status: 413 });
        await cancelled;
    });

    if (name === 'node:http') {
        test('a stream is piped as with axios', async () => {
            const { nango } = await start((_request, response) => void response.end(binary), options);
            const { PassThrough } = await import('node:stream');
            const res = await nango.get({ ...at, responseType: 'stream' });
            expect(await collect(res.data.pipe(new PassThrough()))).toEqual(binary);
        });
    }
});

test('says whose fault a failure is, as far as the answer does', async () => {
    const answers: Record<string, [number, string, object?]> = {
        '/proxy/theirs': [401, 'bad_token'],
        '/proxy/ours': [404, 'unknown_provider_config'],
        '/proxy/either': [400, 'server_error'],
    };
    const { nango } = await start(({ url }, response) => {
        response.setHeader('x-ratelimit-limit', '100');
        const [status, code] = answers[url] as [number, string];
        return fail(response, status, code);
    });
    const failure = (endpoint: string) => nango.get({ ...through, endpoint }).catch((error) => error);
    expect(await failure('/theirs')).toMatchObject({ name: 'NangoProviderError', source: 'provider', status: 401 });
    const ours = await failure('/ours');
    expect(ours).toBeInstanceOf(NangoApiError);
    expect(ours).toMatchObject({ name: 'NangoNotFoundError', source: 'nango' });
    expect(await failure('/either')).toMatchObject({ name: 'NangoProviderError', source: 'unknown' });
});

test('a write whose connection breaks is not sent twice', async () => {
    let seen = 0;
    const url = await serveRaw((request) => {
        seen++;
        request.socket.destroy();
    });
    const nango = new ProxyCalls({ apiKey, host: url });
    for (const verb of ['post', 'put', 'patch', 'delete'] as const)
        await expect(nango[verb](at)).rejects.toThrow(NangoNetworkError);
    expect(seen).toBe(4);
});
