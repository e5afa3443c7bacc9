import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { proxyScene, type Seen } from '../../test/support/proxy-scene.js';
import { startEmulator } from '../start-emulator.js';

const scene = proxyScene();
const { integration, proxy } = scene;

test('a JSON body is forwarded as JSON', async () => {
    const headers = { 'content-type': 'application/json', 'nango-proxy-content-type': 'application/json' };
    await proxy('/', { method: 'POST', body: '{"a": [1]}' }, headers);
    expect(scene.seen[0]?.headers['content-type']).toBe('application/json');
    expect(scene.seen[0]?.body.toString()).toBe('{"a":[1]}');
});

test.each([
    ['text', 'text/plain', 'hello'],
    ['xml', 'text/xml', '<a/>'],
    ['bytes', 'application/octet-stream', 'bytes'],
    ['nothing', undefined, undefined],
])('%s without a forwarded type is labelled form-urlencoded', async (_, type, body) => {
    await proxy('/', { method: 'POST', ...(body && { body }) }, type ? { 'content-type': type } : {});
    expect(scene.seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(scene.seen[0]?.body.toString()).toBe(body ?? '');
});

test('text keeps its type when it is forwarded', async () => {
    await proxy(
        '/',
        { method: 'PUT', body: 'hello' },
        { 'content-type': 'text/plain', 'nango-proxy-content-type': 'text/plain' },
    );
    expect(scene.seen[0]?.headers['content-type']).toBe('text/plain');
});

test('a form is forwarded urlencoded when the type is forwarded, else as JSON', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await proxy('/', { method: 'POST', body: 'a=1&b=x%20y' }, { ...form, 'nango-proxy-content-type': form['content-type'] });
    await proxy('/', { method: 'POST', body: 'a=1' }, form);
    expect(scene.seen.map(({ body }) => body.toString())).toEqual(['a=1&b=x%20y', '{"a":"1"}']);
});

test('multipart is rebuilt with its files when the forwarded type is exactly multipart/form-data', async () => {
    const form = new FormData();
    form.append('title', 'hello');
    form.append('file', new Blob([new Uint8Array([0, 255, 1])], { type: 'application/pdf' }), 'a b.pdf');
    await proxy('/', { method: 'POST', body: form }, { 'nango-proxy-content-type': 'multipart/form-data' });
    const sent = scene.seen[0] as Seen;
    const received = await new Response(new Uint8Array(sent.body), {
        headers: { 'content-type': sent.headers['content-type'] as string },
    }).formData();
    expect(received.get('title')).toBe('hello');
    const file = received.get('file') as File;
    expect([file.name, file.type, ...new Uint8Array(await file.arrayBuffer())]).toEqual([
        'a b.pdf',
        'application/pdf',
        0,
        255,
        1,
    ]);
});

test('multipart without the forwarded type loses its files and becomes JSON', async () => {
    const form = new FormData();
    form.append('title', 'hello');
    form.append('file', new Blob(['x']), 'a.txt');
    await proxy('/', { method: 'POST', body: form });
    expect(scene.seen[0]?.headers['content-type']).toBe('application/json');
    expect(scene.seen[0]?.body.toString()).toBe('{"title":"hello"}');
});

test('GET sends no body, DELETE does', async () => {
    const headers = { 'content-type': 'application/json' };
    await proxy('/', { method: 'DELETE', body: '{"a":1}' }, headers);
    expect(scene.seen[0]?.body.toString()).toBe('{"a":1}');
});

test('request bodies stream: the provider sees the first bytes before the last are sent', async () => {
    let first: (value: string) => void = () => undefined;
    const arrived = new Promise<string>((resolve) => {
        first = resolve;
    });
    const server = createServer((request, response) => {
        request.once('data', (chunk) => first(String(chunk)));
        request.on('end', () => response.end('{}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const streaming = await startEmulator({ port: 0, upstreams: [origin], apiKey: scene.emulator.apiKey });
    scene.stops.push(
        () => server.close().closeAllConnections(),
        () => streaming.close(),
    );
    const main = scene.emulator;
    scene.emulator = streaming;
    await integration('bearer', 'private-api-bearer', { type: 'API_KEY', apiKey: 'k' });
    const body = new ReadableStream({
        async start(controller) {
            controller.enqueue(new TextEncoder().encode('one'));
            expect(await arrived).toBe('one');
            controller.enqueue(new TextEncoder().encode('two'));
            controller.close();
        },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const response = await proxy('/', init, { 'base-url-override': origin, 'content-type': 'application/octet-stream' });
    expect(response.status).toBe(200);
    scene.emulator = main;
});
