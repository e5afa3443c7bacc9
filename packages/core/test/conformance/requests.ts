import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { type BodySource, callForResponse, NangoResponseError } from '@x/core';
import { expect, test } from 'vitest';
import { type Adapter, apiKey, plainClient } from '../support/adapters.js';
import { action, proxy, read } from '../support/operations.js';
import { readBody, sendJson, startRouteServer } from '../support/route-server.js';
import type { Context } from './context.js';

/** Requests, as they arrive at the server; and redirects. */
export function requests(adapter: Adapter, { server }: Context): void {
    const client = (path = '') => plainClient(adapter, server().url + path);
    const echo = () => {
        const got: { method?: string; url?: string; headers: IncomingHttpHeaders; body: Buffer } = {
            headers: {},
            body: Buffer.alloc(0),
        };
        server().handle = async (request, response) => {
            Object.assign(got, { method: request.method, url: request.url, headers: request.headers });
            got.body = await readBody(request);
            sendJson(response, {});
        };
        return got;
    };
    const source = (open: BodySource['open'], replayable = true): BodySource => ({ replayable, open });

    test('method, path, query and headers; the base path of the host stays in front', async () => {
        const got = echo();
        await callForResponse(client('/base/path/'), read, {
            path: { connectionId: 'a/b c' },
            query: { q: 'x&y', list: [1, 2] },
            headers: { 'provider-config-key': 'github' },
        });
        expect(got).toMatchObject({ method: 'GET', url: '/base/path/connections/a%2Fb%20c?q=x%26y&list=1&list=2' });
        expect(got.headers).toMatchObject({ authorization: `Bearer ${apiKey}`, 'provider-config-key': 'github' });
        // `br` too over `node:http`; a fetch asks for it as its runtime sees fit (Node's: over TLS).
        const encodings = adapter.name === 'fetch' ? ['gzip', 'deflate'] : ['gzip', 'deflate', 'br'];
        for (const encoding of encodings) expect(got.headers['accept-encoding']).toContain(encoding);
    });

    test.each(['HEAD', 'OPTIONS', 'PROPFIND', 'REPORT', 'DELETE', 'PATCH', 'PUT'] as const)('method %s', async (method) => {
        const got = echo();
        await callForResponse(client(), proxy, { method, target: '/proxy/x' });
        expect(got.method).toBe(method);
    });

    test('a path that the caller encoded goes out unchanged', async () => {
        const got = echo();
        await callForResponse(client(), proxy, { target: "/proxy/https://a.test//b/%2F..%2f/(c)'*?x=%7E&y=a+b" });
        expect(got.url).toBe("/proxy/https://a.test//b/%2F..%2f/(c)'*?x=%7E&y=a+b");
    });

    test('JSON, text, bytes and no body, each with its length', async () => {
        const got = echo();
        await callForResponse(client(), action, { body: { täxt: '✓' } });
        expect(got.body.toString()).toBe('{"täxt":"✓"}');
        expect(got.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '15' });
        const bytes = Buffer.from([0, 1, 255]);
        await callForResponse(client(), proxy, {
            method: 'POST',
            target: '/proxy/x',
            source: source(() => ({ body: bytes, headers: { 'content-type': 'application/octet-stream' } })),
        });
        expect(got.body).toEqual(bytes);
        expect(got.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-length': '3' });
        await callForResponse(client(), action);
        expect(got.body).toHaveLength(0);
        expect(got.headers['content-length']).toBe('0');
        expect(got.headers['content-type']).toBeUndefined();
    });

    test.each([
        ['a web stream', () => Readable.toWeb(Readable.from(pieces())) as ReadableStream<Uint8Array>],
        ['a Node stream', () => Readable.from(pieces())],
    ])('%s is sent as it comes', async (_name, open) => {
        const hash = createHash('sha256');
        let size = 0;
        server().handle = async (request, response) => {
            for await (const chunk of request) {
                hash.update(chunk as Buffer);
                size += (chunk as Buffer).length;
            }
            sendJson(response, {});
        };
        await callForResponse(client(), proxy, {
            method: 'POST',
            target: '/proxy/x',
            source: source(() => ({ body: open(), headers: {} }), false),
        });
        expect(size).toBe(8 * 65_536);
        const expected = createHash('sha256');
        for (const piece of pieces()) expected.update(piece);
        expect(hash.digest('hex')).toBe(expected.digest('hex'));
    });

    test('a request stream that fails rejects the call and is not an answer', async () => {
        server().handle = (request) => void request.resume();
        const failing = Readable.from(
            (async function* () {
                yield Buffer.alloc(1_000);
                throw new Error('disk gone');
            })(),
        );
        const error = await callForResponse(client(), proxy, {
            method: 'POST',
            target: '/proxy/x',
            source: source(() => ({ body: failing, headers: {} }), false),
        }).catch((e: unknown) => e);
        expect(error).toBeInstanceOf(Error);
    });

    test('a host that is an IPv6 address', async () => {
        const six = await startRouteServer('::1');
        try {
            six.handle = (request, response) => sendJson(response, { host: request.headers.host });
            const answer = await callForResponse(plainClient(adapter, six.url), read, { path: { connectionId: 'c' } });
            expect(answer.data).toEqual({ host: `[::1]:${six.port}` });
        } finally {
            await six.close();
        }
    });

    test('a redirect within the origin is followed with everything that was sent', async () => {
        let got: { url?: string | undefined; key?: string | undefined; body?: string } = {};
        server().handle = async (request, response) => {
            const body = (await readBody(request)).toString();
            if (request.url === '/action/trigger') return void response.writeHead(307, { location: '/moved?x=1' }).end();
            got = { url: request.url, key: request.headers.authorization, body };
            sendJson(response, { ok: true });
        };
        const answer = await callForResponse(client(), action, { body: { a: 1 } });
        expect(answer.data).toEqual({ ok: true });
        expect(got).toEqual({ url: '/moved?x=1', key: `Bearer ${apiKey}`, body: '{"a":1}' });
    });

    test('a redirect to another origin is refused, and nothing goes there', async () => {
        const other = await startRouteServer();
        try {
            server().handle = (_request, response) => void response.writeHead(307, { location: `${other.url}/steal` }).end();
            const error = await callForResponse(client(), action, { body: { a: 1 } }).catch((e: unknown) => e);
            expect(error).toBeInstanceOf(NangoResponseError);
            expect(error).toMatchObject({ reason: 'redirect', status: 307 });
            expect(other.seen).toEqual([]);
            const answer = callForResponse(client(), proxy, { target: '/proxy/x' });
            await expect(answer).rejects.toMatchObject({ status: 307 });
            expect(other.seen).toEqual([]);
        } finally {
            await other.close();
        }
    });

    test('a chain of redirects ends', async () => {
        server().handle = (_request, response) => void response.writeHead(302, { location: '/again' }).end();
        await expect(callForResponse(client(), read, { path: { connectionId: 'c' } })).rejects.toMatchObject({
            reason: 'redirect',
        });
        expect(server().seen.length).toBeLessThan(8);
    });
}

function* pieces(): Generator<Buffer> {
    for (let i = 0; i < 8; i++) yield Buffer.alloc(65_536, i);
}
