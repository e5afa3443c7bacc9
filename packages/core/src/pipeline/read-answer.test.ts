import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { callForResponse } from '../client/call.js';
import { Client } from '../client/client.js';
import { NangoResponseError } from '../errors/transport-errors.js';
import type { CallInput } from '../types/call-input.js';
import { type Operation, operation } from '../types/operation.js';

const own = operation({ name: 'getConnection', method: 'GET', path: '/connections', idempotent: true });
const proxied = operation({ name: 'proxy', method: 'GET', path: '/proxy', idempotent: false, proxied: true });

async function read(op: Operation, body: string | null, init: ResponseInit = {}, input: CallInput = {}): Promise<unknown> {
    const fetch = async () => new Response(body, init);
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, retry: false, fetch });
    return (await callForResponse<unknown>(client, op, input)).data;
}

test.each([
    ['{"a":1}', { a: 1 }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['7', 7],
    ['null', null],
    ['hello', 'hello'],
    ['', ''],
    ['{"a":', '{"a":'],
    ['\ufeffhello', '\ufeffhello'],
])("a provider's body of %j is handed over as axios does", async (body, data) => {
    // `Response` itself drops a mark at the begin of a text; as bytes it arrives.
    expect(await read(proxied, body)).toEqual(typeof data === 'string' ? data.replace('\ufeff', '') : data);
});

test.each([
    ['an object', own, '{"a":1}', 200, { a: 1 }],
    ['a list', own, '[1]', 200, [1]],
    ['nothing, with 204', own, null, 204, ''],
    ['nothing, where an operation may have nothing to say', { ...own, mayBeEmpty: true } as const, '', 200, ''],
    ['an object, where an operation may have nothing to say', { ...own, mayBeEmpty: true } as const, '{"a":1}', 200, { a: 1 }],
    ['any JSON, where an operation may say anything', { ...own, anyJson: true } as const, '"text"', 200, 'text'],
    ['null, where an operation may say anything', { ...own, anyJson: true } as const, 'null', 200, null],
])("Nango's own answer is %s", async (_what, op, body, status, data) => {
    expect(await read(op, body, { status })).toEqual(data);
});

test.each([
    ['<html>', 'not_json', 'a body that is not JSON (content type text/html)'],
    ['', 'not_json', 'a body that is not JSON'],
    ['"text"', 'wrong_type', 'a string in place of an object'],
    ['7', 'wrong_type', 'a number in place of an object'],
    ['null', 'wrong_type', 'null in place of an object'],
])('%j in its place is refused, with a guess why', async (body, reason, what) => {
    const error = await read(own, body, { headers: { 'content-type': 'text/html' } }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NangoResponseError);
    expect(error).toMatchObject({ reason, status: 200, operation: 'getConnection', method: 'GET', path: '/connections' });
    expect((error as Error).message).toContain(`getConnection: the server answered 200 with ${what}`);
    expect((error as Error).message).toContain("Is `host` the API and not the dashboard or a proxy's page?");
});

test('a body without a content type is reported as such', async () => {
    const bytes = new TextEncoder().encode('<html>');
    const fetch = async () => new Response(bytes);
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch });
    await expect(callForResponse(client, own)).rejects.toThrow('(content type none)');
});

test.each([199, 300, 304, 400])('status %i is an error, 200 to 299 are not', async (status) => {
    // `Response` can't be made with a status below 200.
    const answer = Response.json({});
    Object.defineProperty(answer, 'status', { value: status });
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, retry: false, fetch: async () => answer });
    await expect(callForResponse(client, own)).rejects.toMatchObject({ status });
    for (const good of [200, 206, 299]) expect(await read(own, '{}', { status: good })).toEqual({});
});

test('an answer to HEAD has no body, whatever it says', async () => {
    await expect(
        read(proxied, null, { status: 404, headers: { 'content-length': '9' } }, { method: 'HEAD' }),
    ).rejects.toMatchObject({
        response: { data: '' },
    });
});

test.each([
    ['image/png', 'image/png'],
    [undefined, ''],
])('a blob has the type of the answer: %s', async (type, expected) => {
    const fetch = async () => new Response(new Uint8Array([1, 2]), type ? { headers: { 'content-type': type } } : {});
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch });
    const { data } = await callForResponse<Blob>(client, proxied, { responseType: 'blob' });
    expect([data.type, data.size]).toEqual([expected, 2]);
});

test('bytes and text come as they are', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, fetch: async () => new Response(bytes) });
    expect((await callForResponse<Uint8Array>(client, proxied, { responseType: 'arraybuffer' })).data).toEqual(bytes);
    expect(await read(proxied, '{"a":1}', {}, { responseType: 'text' })).toBe('{"a":1}');
});

test('the error of a HEAD is not looked for in a body that a server sends all the same', async () => {
    const fetch = async () => new Response('{"error":{"code":"not_found"}}', { status: 404 });
    const client = new Client({ apiKey: 'key-key-key', rateLimit: false, retry: false, fetch });
    await expect(callForResponse(client, proxied, { method: 'HEAD' })).rejects.toMatchObject({
        code: undefined,
        response: { data: '' },
    });
});

test('over node:http, a byte order mark at the start of JSON or text is dropped', async () => {
    const server = createServer((request, response) =>
        response.end(request.url === '/proxy/text' ? '\ufefftext' : '\ufeff{"a":1}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = new Client({
        apiKey: 'key-key-key',
        rateLimit: false,
        host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    try {
        expect((await callForResponse(client, own)).data).toEqual({ a: 1 });
        expect((await callForResponse(client, proxied, { target: '/proxy/json' })).data).toEqual({ a: 1 });
        expect((await callForResponse(client, proxied, { target: '/proxy/text' })).data).toBe('text');
    } finally {
        server.closeAllConnections();
        server.close();
    }
});
