import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { parseHost } from '../client/settings.js';
import { TransportFailure as Failure, type TransportFailure, type TransportRequest } from '../types/transport.js';
import { FetchTransport } from './fetch-transport.js';

afterEach(() => void vi.unstubAllGlobals());

const request = (more: Partial<TransportRequest> = {}): TransportRequest => ({
    base: parseHost('https://h.example/base'),
    path: '/base/x?a=1',
    method: 'POST',
    headers: { authorization: 'Bearer k', 'x-a': 'b' },
    body: '{"a":1}',
    cancellation: { onCancel: undefined, reason: undefined, cancelled: false },
    ...more,
});
const ok = async (_url: RequestInfo | URL, _init?: RequestInit) => new Response('{}');

test("a fetch of the caller's gets a URL and plain options", async () => {
    const fetch = vi.fn(ok);
    await new FetchTransport(fetch).send(request());
    const [url, init] = fetch.mock.calls[0] as [string, RequestInit];
    expect(url).toBe('https://h.example/base/x?a=1');
    expect(init).toEqual({
        method: 'POST',
        headers: { authorization: 'Bearer k', 'x-a': 'b' },
        body: '{"a":1}',
        signal: expect.any(AbortSignal),
        redirect: 'manual',
    });
    expect(fetch).toHaveBeenCalledOnce();
});

test.each(['GET', 'HEAD', 'PROPFIND', 'DELETE'])('%s goes without a body where it has none', async (method) => {
    const fetch = vi.fn(ok);
    await new FetchTransport(fetch).send(request({ method, body: undefined }));
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method, body: null });
});

test('the global fetch is looked up at each call, and gets all of it', async () => {
    const transport = new FetchTransport(undefined);
    for (const name of ['one', 'two']) {
        const seen: unknown[] = [];
        vi.stubGlobal('fetch', async function (this: unknown, input: Request, init?: RequestInit) {
            const sent = new Request(input, init);
            seen.push(this, sent.url, sent.method, sent.headers.get('x-a'), await sent.text(), sent.redirect);
            return new Response(name);
        });
        const response = await transport.send(request());
        expect(await response.text({ most: Infinity })).toBe(name);
        // Not as a method of anything: workerd's fetch refuses that.
        expect([undefined, globalThis]).toContain(seen[0]);
        expect(seen.slice(1)).toEqual(['https://h.example/base/x?a=1', 'POST', 'b', '{"a":1}', 'manual']);
    }
});

test('any status is an answer, with its text and its headers', async () => {
    const headers = new Headers([
        ['X-Thing', 'one'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2, c'],
    ]);
    const fetch = async () => new Response('gone', { status: 503, statusText: 'Not Now', headers });
    const response = await new FetchTransport(fetch).send(request());
    expect([response.status, response.statusText]).toEqual([503, 'Not Now']);
    expect(response.headers).toMatchObject({ 'x-thing': 'one', 'set-cookie': ['a=1', 'b=2, c'] });
    expect(await response.text({ most: Infinity })).toBe('gone');
    const plain = await new FetchTransport(ok).send(request());
    expect(plain.headers).not.toHaveProperty('set-cookie');
});

test('a runtime that does not separate cookies gives them as they are', async () => {
    const answer = new Response('{}', { headers: { 'set-cookie': 'a=1' } });
    Object.defineProperty(answer.headers, 'getSetCookie', { value: undefined });
    const response = await new FetchTransport(async () => answer).send(request());
    expect(response.headers['set-cookie']).toBe('a=1');
});

test('text is read as UTF-8, bytes up to a limit', async () => {
    const text = new FetchTransport(async () => new Response('näme'));
    expect(await (await text.send(request())).text({ most: Infinity })).toBe('näme');
    expect(Buffer.from(await (await text.send(request())).bytes({ most: 2 })).toString('latin1')).toBe('n\xc3');
});

test('a fetch that ignores its signal does not hold the call', async () => {
    let signal: AbortSignal | undefined;
    const transport = new FetchTransport((_url, init) => {
        signal = init?.signal as AbortSignal;
        return new Promise<never>(() => undefined);
    });
    const { cancellation } = request();
    const answer = transport.send(request({ cancellation }));
    const reason = new Error('mine');
    await eventually(() => expect(signal).toBeDefined());
    cancellation.onCancel?.(reason);
    await expect(answer).rejects.toBe(reason);
    expect(signal?.reason).toBe(reason);
});

test('a fetch that heeds it is distinguished from one that fails', async () => {
    const heeding = new FetchTransport(
        (_url, init) =>
            new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    const { cancellation } = request();
    const answer = heeding.send(request({ cancellation }));
    const reason = new Error('mine');
    await new Promise((resolve) => setImmediate(resolve));
    cancellation.onCancel?.(reason);
    await expect(answer).rejects.toBe(reason);
    const failing = new FetchTransport(() => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })));
    const failure = await failing.send(request()).catch((caught: unknown) => caught as TransportFailure);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ kind: 'network', progress: 'not-sent', code: 'ECONNREFUSED' });
});

test('a body that ignores it does not hold the call either', async () => {
    const reason = new Error('mine');
    for (const read of ['text', 'bytes'] as const) {
        const { cancellation } = request();
        const transport = new FetchTransport(async () => new Response(new ReadableStream()));
        const reading = (await transport.send(request({ cancellation })))[read]({ most: Infinity });
        cancellation.onCancel?.(reason);
        await expect(reading).rejects.toBe(reason);
    }
});

const stream = () => new Blob(['piece']).stream() as ReadableStream<Uint8Array>;

test('a body that is a stream goes half duplex; under Node so that nothing of it is kept', async () => {
    const sent: { init: RequestInit & { duplex?: string; window?: null }; text: string }[] = [];
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
        sent.push({ init: init as RequestInit, text: await new Response(init?.body as BodyInit).text() });
        return new Response('{}');
    };
    const own = stream();
    await new FetchTransport(fetch).send(request({ body: own }));
    expect(sent[0]).toMatchObject({ init: { duplex: 'half', window: null, redirect: 'error' }, text: 'piece' });
    // Its pace is its reader's.
    expect(sent[0]?.init.body).not.toBe(own);
    for (const versions of [{}, { bun: '1.2.0', undici: '7' }]) {
        vi.stubGlobal('process', { ...process, versions, emitWarning: process.emitWarning });
        const plain = stream();
        await new FetchTransport(fetch).send(request({ body: plain }));
        vi.unstubAllGlobals();
        const { init } = sent.at(-1) as (typeof sent)[number];
        expect(init).toMatchObject({ duplex: 'half', redirect: 'manual' });
        expect('window' in init).toBe(false);
        expect(init.body).toBe(plain);
    }
});

test('bytes are not a stream', async () => {
    const fetch = vi.fn(ok);
    const body = new Uint8Array([1, 2]);
    await new FetchTransport(fetch).send(request({ body }));
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ body, redirect: 'manual' });
    expect(fetch.mock.calls[0]?.[1]).not.toHaveProperty('duplex');
});

test('the global fetch gets a stream the same way', async () => {
    const seen: (RequestInit & { duplex?: string; window?: null })[] = [];
    vi.stubGlobal('fetch', async (_input: Request, init?: RequestInit) => {
        seen.push(init as RequestInit);
        return new Response('{}');
    });
    await new FetchTransport(undefined).send(request({ body: stream() }));
    expect(seen[0]).toMatchObject({ duplex: 'half', window: null, redirect: 'error' });
    await new FetchTransport(undefined).send(request());
    expect(seen[1]?.window).toBeUndefined();
});

test('an answer that is not read is released, however it ends', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const cancel = vi.fn(() => Promise.reject(new Error('gone already')));
    const fetch = async () => new Response(new ReadableStream({ cancel }));
    (await new FetchTransport(fetch).send(request())).discard();
    (await new FetchTransport(async () => new Response(null)).send(request())).discard();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(cancel).toHaveBeenCalledOnce();
    expect(unhandled).not.toHaveBeenCalled();
});
