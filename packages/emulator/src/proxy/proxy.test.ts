import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../start-emulator.js';

interface Seen {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
    body: Buffer;
}

let seen: Seen[];
let answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
let upstream: string;
let emulator: RunningEmulator;
const stops: (() => unknown)[] = [];

beforeEach(async () => {
    seen = [];
    answer = (_, response) => response.end('{}');
    const server = createServer(async (request, response) => {
        const body = await buffer(request);
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        answer(request, response, body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => server.close().closeAllConnections());
    upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    emulator = await startEmulator({ port: 0, upstreams: [upstream] });
    stops.push(() => emulator.close());
    await integration('bearer', 'private-api-bearer', { type: 'API_KEY', apiKey: 'the-key' });
});

afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
});

const api = (path: string, body: unknown) =>
    fetch(emulator.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
    });

async function integration(unique_key: string, provider: string, credentials: Record<string, unknown>, own?: unknown) {
    await api('/integrations', { provider, unique_key, ...(own ? { credentials: own } : {}) });
    const imported = await api('/connections', { provider_config_key: unique_key, connection_id: 'c1', credentials });
    expect(imported.status).toBe(201);
}

const proxy = (path: string, init: RequestInit = {}, headers: Record<string, string> = {}, key = 'bearer') =>
    fetch(`${emulator.url}/proxy${path}`, {
        ...init,
        headers: {
            authorization: `Bearer ${emulator.apiKey}`,
            'provider-config-key': key,
            'connection-id': 'c1',
            'base-url-override': upstream,
            ...headers,
        },
    });

const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

test('injects the credentials and sends path, query and encoding on unchanged', async () => {
    await proxy('/a%2Fb//c?x=1&x=2&q=%20+');
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/a%2Fb//c?x=1&x=2&q=%20+' });
    expect(seen[0]?.headers.authorization).toBe('Bearer the-key');
});

test('only Nango-Proxy headers reach the provider; they win over the injected ones', async () => {
    await proxy('/', {}, { 'x-own': '1', 'Nango-Proxy-X-Custom': '2', 'nango-proxy-authorization': 'mine' });
    expect(seen[0]?.headers).toMatchObject({ 'x-custom': '2', authorization: 'mine' });
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'host',
        'user-agent',
        'x-custom',
    ]);
});

test('headers of one hop are not forwarded', async () => {
    const headers = {
        'nango-proxy-transfer-encoding': 'chunked',
        'nango-proxy-content-length': '99',
        'nango-proxy-connection': 'upgrade',
    };
    const response = await proxy('/', { method: 'POST', body: 'x' }, { ...headers, 'content-type': 'text/plain' });
    expect([response.status, seen[0]?.body.toString()]).toEqual([200, 'x']);
});

test('basic credentials go out as basic authentication', async () => {
    await integration('basic', 'private-api-basic', { type: 'BASIC', username: 'u', password: 'p' });
    await proxy('/', {}, {}, 'basic');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${btoa('u:p')}`);
});

test('OAuth 1 requests are signed', async () => {
    const client = { type: 'OAUTH1', client_id: 'ci', client_secret: 'cs' };
    await integration('trello', 'trello', { type: 'OAUTH1', oauth_token: 't', oauth_token_secret: 's' }, client);
    await proxy('/1/boards', {}, {}, 'trello');
    expect(seen[0]?.headers.authorization).toMatch(/^OAuth oauth_consumer_key="ci".*oauth_signature="/);
});

test('a JSON body goes on as JSON', async () => {
    const headers = { 'content-type': 'application/json', 'nango-proxy-content-type': 'application/json' };
    await proxy('/', { method: 'POST', body: '{"a": [1]}' }, headers);
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(seen[0]?.body.toString()).toBe('{"a":[1]}');
});

test.each([
    ['text', 'text/plain', 'hello'],
    ['xml', 'text/xml', '<a/>'],
    ['bytes', 'application/octet-stream', 'bytes'],
    ['nothing', undefined, undefined],
])('%s without a forwarded type is labelled form-urlencoded', async (_, type, body) => {
    await proxy('/', { method: 'POST', ...(body && { body }) }, type ? { 'content-type': type } : {});
    expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(seen[0]?.body.toString()).toBe(body ?? '');
});

test('text keeps its type when it is forwarded', async () => {
    await proxy(
        '/',
        { method: 'PUT', body: 'hello' },
        { 'content-type': 'text/plain', 'nango-proxy-content-type': 'text/plain' },
    );
    expect(seen[0]?.headers['content-type']).toBe('text/plain');
});

test('a form goes on urlencoded when the type is forwarded, else as JSON', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await proxy('/', { method: 'POST', body: 'a=1&b=x%20y' }, { ...form, 'nango-proxy-content-type': form['content-type'] });
    await proxy('/', { method: 'POST', body: 'a=1' }, form);
    expect(seen.map(({ body }) => body.toString())).toEqual(['a=1&b=x%20y', '{"a":"1"}']);
});

test('multipart is rebuilt with its files when the forwarded type is exactly multipart/form-data', async () => {
    const form = new FormData();
    form.append('title', 'hello');
    form.append('file', new Blob([new Uint8Array([0, 255, 1])], { type: 'application/pdf' }), 'a b.pdf');
    await proxy('/', { method: 'POST', body: form }, { 'nango-proxy-content-type': 'multipart/form-data' });
    const sent = seen[0] as Seen;
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
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(seen[0]?.body.toString()).toBe('{"title":"hello"}');
});

test('GET sends no body, DELETE does', async () => {
    const headers = { 'content-type': 'application/json' };
    await proxy('/', { method: 'DELETE', body: '{"a":1}' }, headers);
    expect(seen[0]?.body.toString()).toBe('{"a":1}');
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
    const streaming = await startEmulator({ port: 0, upstreams: [origin], apiKey: emulator.apiKey });
    stops.push(
        () => server.close().closeAllConnections(),
        () => streaming.close(),
    );
    const main = emulator;
    emulator = streaming;
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
    emulator = main;
});

test('a buffered success becomes 200 with few headers, and the rate limit of the emulator', async () => {
    answer = (_, response) => {
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
    answer = (_, response) => response.writeHead(204).end();
    const response = await proxy('/');
    expect([response.status, await response.text()]).toEqual([204, '']);
});

test.each([
    ['chunked', {}],
    ['an attachment', { 'content-length': '2', 'content-disposition': 'attachment; filename="a"' }],
])('%s keeps status and all headers', async (_, headers) => {
    answer = (__, response) => {
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
    answer = (_, response) => {
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
    answer = (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
        response.end(zlib.gzipSync('{"a":1}'));
    };
    const response = await proxy('/', {}, { decompress: 'true' });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.json()).toEqual({ a: 1 });
});

test('an error keeps status, body and headers', async () => {
    answer = (_, response) => response.writeHead(422, { 'x-own': '1', 'content-type': 'text/plain' }).end('nope');
    const response = await proxy('/');
    expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([422, '1', 'nope']);
});

test("a proxied 429 has the provider's retry-after and the emulator's own limit", async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    const response = await proxy('/');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-ratelimit-limit')).toBe('10000');
});

test('a failed connection is 500 without an error wrapper', async () => {
    answer = (request) => request.socket.destroy();
    const response = await proxy('/', { method: 'POST' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'ECONNRESET', method: 'post', message: expect.any(String) });
});

/** Moves the clock on in small steps until so many requests have come; returns when each came, in ms of that clock. */
async function arrivals(count: number): Promise<number[]> {
    const { clock } = emulator.context;
    const at: number[] = [];
    for (;;) {
        while (at.length < seen.length) at.push(clock.now());
        if (at.length >= count) return at;
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (seen.length > 0) await clock.advance(200);
    }
}

test('an answer that breaks off is 500 without a body', async () => {
    answer = (request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half');
        setTimeout(() => request.socket.destroy(), 20);
    };
    const response = await proxy('/');
    expect([response.status, await response.text()]).toEqual([500, '']);
});

test('a body that can not be decoded is 500 without a body', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '4' }).end('nope');
    const response = await proxy('/', {}, { decompress: 'true' });
    expect([response.status, await response.text()]).toEqual([500, '']);
});

test.each(['HEAD', 'OPTIONS', 'PROPFIND', 'REPORT'])('%s reaches the provider as it is', async (method) => {
    const response = await proxy('/x', { method });
    expect([response.status, seen[0]?.method, seen[0]?.headers.authorization]).toEqual([200, method, 'Bearer the-key']);
});

test('retries wait 3 s, then 6 s, on the clock of the emulator; POST is retried too', async () => {
    emulator.context.clock.freeze();
    answer = (_, response) => response.writeHead(500).end();
    const response = proxy('/', { method: 'POST', body: 'x' }, { retries: '2' });
    const [first = 0, second = 0, third = 0] = await arrivals(3);
    expect(second - first).toBeGreaterThanOrEqual(3000);
    expect(third - second).toBeGreaterThanOrEqual(6000);
    expect((await response).status).toBe(500);
    expect(seen.map(({ body }) => body.toString())).toEqual(['x', 'x', 'x']);
});

test('a retry does not wait for a clock that nobody moves', async () => {
    emulator.context.clock.freeze();
    let tries = 0;
    answer = (_, response) => response.writeHead(tries++ === 0 ? 500 : 200, { 'content-length': '2' }).end('{}');
    expect((await proxy('/', {}, { retries: '1' })).status).toBe(200);
});

test('404 is not retried unless Retry-On names it', async () => {
    answer = (_, response) => response.writeHead(404).end();
    await proxy('/', {}, { retries: '1' });
    expect(seen).toHaveLength(1);
    emulator.context.clock.freeze();
    const again = proxy('/', {}, { retries: '1', 'retry-on': '404' });
    await arrivals(3);
    await again;
    expect(seen).toHaveLength(3);
});

test('redirects are followed to allowed targets only, without credentials to another host', async () => {
    answer = (request, response) => {
        if (request.url === '/there') response.end('{"there":true}');
        else response.writeHead(302, { location: request.url === '/out' ? 'http://127.0.0.1:1/' : '/there' }).end();
    };
    expect(await (await proxy('/in')).json()).toEqual({ there: true });
    const refused = await proxy('/out');
    expect([refused.status, await code(refused)]).toEqual([400, 'base_url_override_not_allowed']);
});

test.each(['http://127.0.0.1:1', 'http://localhost:9', 'http://[::1]:9', 'http://169.254.169.254', 'https://api.github.com'])(
    '%s is refused unless it is listed',
    async (target) => {
        const response = await proxy('/', {}, { 'base-url-override': target });
        expect([response.status, await code(response)]).toEqual([400, 'base_url_override_not_allowed']);
        expect(seen).toHaveLength(0);
    },
);

test('reports the headers that are missing, the integration first', async () => {
    const response = await fetch(`${emulator.url}/proxy/x`, { headers: { authorization: `Bearer ${emulator.apiKey}` } });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; errors: { path: string[] }[] } };
    expect(error.code).toBe('invalid_headers');
    expect(error.errors.map(({ path }) => path)).toEqual([['provider-config-key'], ['connection-id']]);
});

test.each([
    [{ 'provider-config-key': 'none' }, 404, 'unknown_provider_config'],
    [{ 'connection-id': 'none' }, 400, 'server_error'],
    [{ retries: 'many' }, 400, 'invalid_headers'],
    [{ 'retry-on': '4xx' }, 400, 'invalid_headers'],
    [{ decompress: 'yes' }, 400, 'invalid_headers'],
    [{ 'base-url-override': 'nowhere' }, 400, 'invalid_headers'],
])('%j → %i %s', async (headers: Record<string, string>, status, expected) => {
    const response = await proxy('/', {}, headers);
    expect([response.status, await code(response)]).toEqual([status, expected]);
});

test('an empty Base-Url-Override is none', async () => {
    const response = await proxy('/', {}, { 'base-url-override': '' });
    expect(await code(response)).toBe('base_url_override_not_allowed');
});

test('a malformed JSON body is refused before the key', async () => {
    const init = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
    expect(await code(await fetch(`${emulator.url}/proxy/x`, init))).toBe('invalid_json');
});

test('pages of other origins are refused', async () => {
    const response = await proxy('/', {}, { origin: 'https://evil.example' });
    expect([response.status, await code(response)]).toEqual([403, 'forbidden']);
    expect(seen).toHaveLength(0);
});

test('a caller that gives up ends the request to the provider', async () => {
    let closed: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
        closed = resolve;
    });
    answer = (_, response) => response.on('close', closed);
    const controller = new AbortController();
    const response = proxy('/', { signal: controller.signal });
    while (seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(response).rejects.toThrow();
    await ended;
});
