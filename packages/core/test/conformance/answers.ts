import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { callForResponse, type NangoResponse, NangoResponseError } from '@x/core';
import { expect, test } from 'vitest';
import type { Adapter } from '../support/adapters.js';
import { plainClient } from '../support/adapters.js';
import { proxy, read } from '../support/operations.js';
import { sendJson } from '../support/route-server.js';
import type { Context } from './context.js';

/** Status, headers and bodies of answers, as they arrive at the caller. */
export function answers(adapter: Adapter, { server }: Context): void {
    const client = (options = {}) => plainClient(adapter, server().url, options);
    const get = (input: object = {}) =>
        callForResponse<unknown>(client(), proxy, { target: '/proxy/x', ...input }) as Promise<NangoResponse<never>>;

    test('status, status text and headers by lower-case name', async () => {
        server().handle = (_request, response) => {
            response.writeHead(201, 'Made Here', { 'Content-Type': 'application/json', 'X-Thing': 'one', 'X-Empty': '' });
            response.end('{"a":1}');
        };
        const answer = await callForResponse(client(), read, { path: { connectionId: 'c' } });
        expect(answer).toMatchObject({ status: 201, statusText: 'Made Here', data: { a: 1 } });
        expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-thing': 'one', 'x-empty': '' });
    });

    test('several set-cookie headers are an array, one is too', async () => {
        server().handle = (_request, response) => sendJson(response, {}, 200, { 'Set-Cookie': ['a=1; Path=/', 'b=2, c'] });
        expect((await get()).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2, c']);
        server().handle = (_request, response) => sendJson(response, {}, 200, { 'Set-Cookie': 'a=1' });
        expect((await get()).headers['set-cookie']).toEqual(['a=1']);
    });

    test.each([
        ['gzip', gzipSync],
        ['x-gzip', gzipSync],
        ['deflate', deflateSync],
        ['br', brotliCompressSync],
    ])('a %s body is decoded', async (encoding, compress) => {
        const body = JSON.stringify({ text: 'déjà vu '.repeat(5_000) });
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'application/json' });
            response.end(compress(Buffer.from(body)));
        };
        expect((await get()).data).toEqual(JSON.parse(body));
    });

    test('a deflate body without its zlib header is decoded', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-encoding': 'deflate' });
            response.end(deflateRawSync(Buffer.from('{"raw":true}')));
        };
        expect((await get()).data).toEqual({ raw: true });
    });

    test('a compressed error body is decoded', async () => {
        server().handle = (_request, response) => {
            response.writeHead(404, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
            response.end(gzipSync('{"error":{"code":"not_found"}}'));
        };
        const error = await callForResponse(client(), read, { path: { connectionId: 'c' } }).catch((e: unknown) => e);
        expect(error).toMatchObject({ status: 404, code: 'not_found' });
    });

    test('a body that is not what its encoding says is a NangoResponseError', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-encoding': 'gzip' });
            response.end('this was never compressed');
        };
        const error = await get().catch((e: unknown) => e);
        expect(error).toBeInstanceOf(NangoResponseError);
        expect(error).toMatchObject({ reason: 'undecodable' });
    });

    test('bodies of each response type', async () => {
        const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x41]);
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-type': 'application/octet-stream' });
            response.end(bytes);
        };
        expect(Buffer.from((await get({ responseType: 'arraybuffer' })).data)).toEqual(bytes);
        const blob: Blob = (await get({ responseType: 'blob' })).data;
        expect(blob.type).toBe('application/octet-stream');
        expect(Buffer.from(await blob.arrayBuffer())).toEqual(bytes);
        const chunks: Buffer[] = [];
        for await (const chunk of (await get({ responseType: 'stream' })).data as AsyncIterable<Uint8Array>)
            chunks.push(Buffer.from(chunk));
        expect(Buffer.concat(chunks)).toEqual(bytes);
        server().handle = (_request, response) => void response.end('{"a":1}');
        expect((await get({ responseType: 'text' })).data).toBe('{"a":1}');
        expect((await get()).data).toEqual({ a: 1 });
    });

    test('a compressed stream is decoded as it comes', async () => {
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-encoding': 'gzip' });
            response.end(gzipSync('x'.repeat(300_000)));
        };
        let size = 0;
        for await (const chunk of (await get({ responseType: 'stream' })).data as AsyncIterable<Uint8Array>) size += chunk.length;
        expect(size).toBe(300_000);
    });

    test('an empty body, 204 and HEAD', async () => {
        server().handle = (_request, response) => void response.end();
        expect((await get()).data).toBe('');
        server().handle = (_request, response) => void response.writeHead(204).end();
        expect(await get()).toMatchObject({ status: 204, data: '' });
        server().handle = (_request, response) => {
            response.writeHead(200, { 'content-length': '1000', 'content-encoding': 'gzip' });
            response.end();
        };
        expect(await get({ method: 'HEAD' })).toMatchObject({ status: 200, data: '', headers: { 'content-length': '1000' } });
        server().handle = (_request, response) => void response.writeHead(404, { 'content-length': '10' }).end();
        await expect(get({ method: 'HEAD' })).rejects.toMatchObject({ status: 404 });
    });

    test('a big body arrives whole, in any chunks', async () => {
        const text = JSON.stringify({ records: Array.from({ length: 60_000 }, (_, id) => ({ id, name: `näme ${id}` })) });
        server().handle = (_request, response) => {
            const bytes = Buffer.from(text);
            // Cuts that fall into the middle of characters.
            for (let at = 0; at < bytes.length; at += 65_537) response.write(bytes.subarray(at, at + 65_537));
            response.end();
        };
        expect((await get()).data).toEqual(JSON.parse(text));
    });

    test('of an error body at most 1 MiB is read', async () => {
        let written = 0;
        server().handle = (_request, response) => {
            response.writeHead(500, { 'content-type': 'text/plain' });
            const write = () => {
                while (!response.destroyed && written < 64 * 1024 * 1024) {
                    written += 65_536;
                    if (!response.write(Buffer.alloc(65_536, 'x'))) return void response.once('drain', write);
                }
                response.end();
            };
            write();
        };
        const error = await get().catch((e: unknown) => e);
        expect((error as { response: { data: string } }).response.data).toHaveLength(1024 * 1024);
        expect(written).toBeLessThan(32 * 1024 * 1024);
    });
}
