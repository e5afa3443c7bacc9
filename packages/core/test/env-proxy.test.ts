import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { callForResponse } from '@x/core';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { adapters, apiKey, plainClient } from './support/adapters.js';
import { action, read } from './support/operations.js';
import { testCertificate } from './support/test-certificate.js';

const variables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];

interface Started {
    readonly port: number;
    close(): void;
}
const started: Started[] = [];
const listen = async (server: ReturnType<typeof createHttpServer>): Promise<Started> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const one = {
        port: (server.address() as AddressInfo).port,
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
    started.push(one);
    return one;
};

/** What went through the proxy. */
let seen: { line: string; authorization: string | undefined; key: string | undefined }[];
let proxy: Started;
let refuse = false;

beforeEach(async () => {
    for (const name of variables) vi.stubEnv(name, undefined);
    // Read at each connection; the certificate is the tests' own.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    // A new port each time, so that what was read for an earlier test's server does not count.
    seen = [];
    refuse = false;
    const note = (request: IncomingMessage) => {
        seen.push({
            line: `${request.method} ${request.url}`,
            authorization: request.headers['proxy-authorization'],
            key: request.headers.authorization,
        });
    };
    const server = createHttpServer((request, response) => {
        note(request);
        response.setHeader('content-type', 'application/json');
        response.end('{"by":"proxy"}');
    });
    server.on('connect', (request: IncomingMessage, socket: Duplex) => {
        note(request);
        socket.on('error', () => undefined);
        if (refuse) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        const [host, port] = (request.url as string).split(':');
        const target = connect(Number(port), host);
        target.on('error', () => socket.destroy());
        target.on('connect', () => {
            socket.write('HTTP/1.1 200 OK\r\n\r\n');
            target.pipe(socket).pipe(target);
        });
    });
    proxy = await listen(server);
});
afterEach(() => {
    vi.unstubAllEnvs();
    for (const one of started.splice(0)) one.close();
});

const secureServer = async () => {
    let connections = 0;
    const server = createHttpsServer(testCertificate, (_request, response) => response.end('{"by":"server"}'));
    server.on('secureConnection', () => {
        connections += 1;
    });
    const { port } = await listen(server as never);
    return { url: `https://localhost:${port}`, port, connections: () => connections };
};
const get = (url: string, options = {}) =>
    callForResponse<{ by: string }>(plainClient(adapters[0], url, options), read, { path: { connectionId: 'c' } });

test('HTTPS_PROXY: an https host is reached through a tunnel, which is kept; the proxy sees neither path nor key', async () => {
    const server = await secureServer();
    vi.stubEnv('HTTPS_PROXY', `http://user:p%40ss@127.0.0.1:${proxy.port}`);
    for (let i = 0; i < 3; i++) expect((await get(server.url)).data).toEqual({ by: 'server' });
    expect(seen).toEqual([
        {
            line: `CONNECT localhost:${server.port}`,
            authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
            key: undefined,
        },
    ]);
    expect(server.connections()).toBe(1);
});

test('http_proxy: an http host is asked for by its whole URL', async () => {
    vi.stubEnv('http_proxy', `http://127.0.0.1:${proxy.port}`);
    expect((await get('http://nango.test:3003/base')).data).toEqual({ by: 'proxy' });
    expect(seen).toEqual([
        { line: 'GET http://nango.test:3003/base/connections/c', authorization: undefined, key: `Bearer ${apiKey}` },
    ]);
});

test('NO_PROXY: a host that it names is reached directly', async () => {
    const server = await secureServer();
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv('NO_PROXY', `example.com,localhost:${server.port}`);
    expect((await get(server.url)).data).toEqual({ by: 'server' });
    expect(seen).toEqual([]);
});

test('an agent that the caller gives wins over the environment', async () => {
    const server = await secureServer();
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    const httpsAgent = new HttpsProxyAgent(`http://127.0.0.1:${proxy.port}`);
    expect((await get(server.url, { httpsAgent })).data).toEqual({ by: 'server' });
    expect(seen.map(({ line }) => line)).toEqual([`CONNECT localhost:${server.port}`]);
});

test('a proxy that refuses: nothing was sent, and no error shows its password', async () => {
    const server = await secureServer();
    vi.stubEnv('HTTPS_PROXY', `http://user:hunter2@127.0.0.1:${proxy.port}`);
    refuse = true;
    const call = callForResponse(plainClient(adapters[0], server.url), action, { body: {} });
    const error = await call.catch((e: unknown) => e as Error);
    expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent', code: 'EPROXY' });
    expect((error as Error).message).toContain('407');
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('hunter2');
});

test('a proxy that is down: nothing was sent', async () => {
    vi.stubEnv('ALL_PROXY', 'http://127.0.0.1:1');
    const server = await secureServer();
    await expect(get(server.url)).rejects.toMatchObject({ progress: 'not-sent', code: 'ECONNREFUSED' });
});

test('the environment is read at the first request to a host, not before', async () => {
    const server = await secureServer();
    const client = plainClient(adapters[0], server.url);
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    await callForResponse(client, read, { path: { connectionId: 'c' } });
    expect(seen).toHaveLength(1);
});
