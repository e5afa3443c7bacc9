import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { proxyScene } from '../../test/support/proxy-scene.js';

const scene = proxyScene();
const { proxy } = scene;

test('a buffered success becomes 200 with few headers, and the rate limit of the emulator', async () => {
    scene.answer = (_, response) => {
        const body = '{"id":1}';
        response.writeHead(201, {
            'content-type': 'application/json',
            'content-length': body.length,
            etag: 'x',
            'x-request-id': 'r',
        });
        response.end(body);
    };
    const response = await proxy('/', { method: 'POST' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: 1 });
    expect(response.headers.get('x-request-id')).toBe('r');
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('x-ratelimit-limit')).toBe('10000');
});

test('204 stays empty', async () => {
    scene.answer = (_, response) => response.writeHead(204).end();
    const response = await proxy('/');
    expect([response.status, await response.text()]).toEqual([204, '']);
});

test.each([
    ['chunked', {}],
    ['an attachment', { 'content-length': '2', 'content-disposition': 'attachment; filename="a"' }],
])('%s keeps status and all headers', async (_, headers) => {
    scene.answer = (__, response) => {
        response.writeHead(202, { ...headers, etag: 'x', 'x-ratelimit-remaining': '7' });
        response.end('{}');
    };
    const response = await proxy('/');
    expect([response.status, response.headers.get('etag'), response.headers.get('x-ratelimit-remaining')]).toEqual([
        202,
        'x',
        '7',
    ]);
    expect(await response.text()).toBe('{}');
});

test('chunked answers stream: the caller sees the first bytes before the last are sent', async () => {
    let finish: () => void = () => undefined;
    scene.answer = (_, response) => {
        response.write('one');
        finish = () => response.end('two');
    };
    const response = await proxy('/');
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one');
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('two');
});

test('decompress asks for a decoded body', async () => {
    scene.answer = (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
        response.end(zlib.gzipSync('{"a":1}'));
    };
    const response = await proxy('/', {}, { decompress: 'true' });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.json()).toEqual({ a: 1 });
});

test('an error keeps status, body and headers', async () => {
    scene.answer = (_, response) => response.writeHead(422, { 'x-own': '1', 'content-type': 'text/plain' }).end('nope');
    const response = await proxy('/');
    expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([422, '1', 'nope']);
});

test("a proxied 429 has the provider's retry-after and the emulator's own limit", async () => {
    scene.answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    const response = await proxy('/');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-ratelimit-limit')).toBe('10000');
});

test('an answer that breaks off is 500 without a body', async () => {
    scene.answer = (request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half', () => request.socket.destroy());
    };
    const response = await proxy('/');
    expect([response.status, await response.text()]).toEqual([500, '']);
});

test('a body that can not be decoded is 500 without a body', async () => {
    scene.answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '4' }).end('nope');
    const response = await proxy('/', {}, { decompress: 'true' });
    expect([response.status, await response.text()]).toEqual([500, '']);
});
