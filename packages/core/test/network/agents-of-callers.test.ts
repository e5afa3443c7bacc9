import { createServer, Agent as HttpAgent, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, callForResponse, type NangoSettings } from '@x/core';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { ProxyAgent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { adapters, apiKey, plainClient } from '../support/adapters.js';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { action, proxy as proxied, read } from '../support/operations.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';

const get = (url: string, options: Partial<NangoSettings>) =>
    callForResponse<{ by: string }>(plainClient(adapters[0], url, options), read, { path: { connectionId: 'c' } });

test('httpAgent: connections and their limits are those of the caller', async () => {
    const server = await startServer();
    const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 2 });
    const client = plainClient(adapters[0], server.url, { httpAgent });
    await Promise.all(Array.from({ length: 10 }, () => callForResponse(client, read, { path: { connectionId: 'c' } })));
    expect(server.connections).toBe(2);
    httpAgent.destroy();
});

test('maxSockets: a call that waited for a connection in vain was not sent, and gives up its place', async () => {
    const held: ServerResponse[] = [];
    const server = createServer((_request, response) => void held.push(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = plainClient(adapters[0], url, { maxSockets: 1 });
    const first = callForResponse(client, read, { path: { connectionId: 'c' } });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const waiting = callForResponse(client, action, { body: {}, options: { timeout: 20, retry: false } });
    await expect(waiting).rejects.toMatchObject({ name: 'NangoTimeoutError', progress: 'not-sent' });
    held[0]?.end('{"by":"server"}');
    expect((await first).data).toEqual({ by: 'server' });
    expect(held).toHaveLength(1);
});

describe.runIf(opensslIsHere)('a proxy and a private CA, by what callers pass (needs openssl)', () => {
    let ca: PrivateCa;
    let certificate: Certificate;
    beforeAll(async () => {
        ca = await PrivateCa.create();
        certificate = await ca.issue(['DNS:*.corp.test']);
    });
    afterAll(() => ca.remove());
    const secure = () => startServer({ tls: certificate, name: 'nango.corp.test' });

    describe('HttpsProxyAgent', () => {
        /** Its second argument is for the way to the proxy; what holds for the server behind goes into `options`. */
        const proxyAgent = (url: string, options = {}) => {
            const agent = new HttpsProxyAgent(url, options);
            Object.assign(agent.options, { ca: ca.cert });
            return agent;
        };

        test('tunnels, with credentials, a CA and keep-alive', async () => {
            const [server, proxy] = [await secure(), await startProxy({ credentials: 'alice:secret' })];
            const url = proxy.url.replace('://', '://alice:secret@');
            const httpsAgent = proxyAgent(url, { keepAlive: true });
            for (let i = 0; i < 3; i++) expect((await get(server.url, { httpsAgent })).data).toEqual({ by: 'server' });
            expect(proxy.lines).toEqual([`CONNECT nango.corp.test:${server.port}`]);
            expect(server.connections).toBe(1);
            httpsAgent.destroy();
        });

        test('as the second argument, where the vendor has it', async () => {
            const [server, proxy] = [await secure(), await startProxy()];
            const httpsAgent = proxyAgent(proxy.url);
            const client = new Client({ apiKey, host: server.url }, { httpsAgent });
            expect((await callForResponse(client, read, { path: { connectionId: 'c' } })).data).toEqual({ by: 'server' });
            expect(proxy.lines).toHaveLength(1);
        });

        test('that is refused: an action does not reach the server, and no error shows the password', async () => {
            const [server, proxy] = [await secure(), await startProxy({ answer: 403 })];
            const httpsAgent = proxyAgent(proxy.url.replace('://', '://alice:hunter2@'));
            const error = await get(server.url, { httpsAgent }).catch((e) => e);
            expect(error.name).toMatch(/^Nango/);
            expect(`${error.stack}${JSON.stringify(error)}${error.cause?.stack}`).not.toContain('hunter2');
            expect(server.requests).toEqual([]);
        });

        test('whose proxy says nothing: the time limit cuts the call', async () => {
            const [server, proxy] = [await secure(), await startProxy({ answer: 'hang' })];
            const httpsAgent = proxyAgent(proxy.url);
            await expect(get(server.url, { httpsAgent, timeout: 100 })).rejects.toMatchObject({ name: 'NangoTimeoutError' });
            httpsAgent.destroy();
        });
    });

    describe("undici's fetch with its ProxyAgent", () => {
        const proxyingFetch = (uri: string) => {
            const dispatcher = new ProxyAgent({ uri, requestTls: { ca: ca.cert } });
            onTestFinished(() => dispatcher.destroy());
            return ((input, init) => undiciFetch(input as never, { ...init, dispatcher } as never)) as typeof globalThis.fetch;
        };

        test('reads and writes go through a tunnel', async () => {
            const [server, proxy] = [await secure(), await startProxy({ credentials: 'alice:secret' })];
            const client = plainClient(adapters[1], server.url, {
                fetch: proxyingFetch(proxy.url.replace('://', '://alice:secret@')),
            });
            const { data, status, headers } = await callForResponse(client, read, { path: { connectionId: 'c' } });
            expect([data, status, headers['content-type']]).toEqual([{ by: 'server' }, 200, 'application/json']);
            expect((await callForResponse(client, action, { body: { input: { a: 1 } } })).data).toEqual({ by: 'server' });
            expect(server.requests).toEqual(['GET /connections/c', 'POST /action/trigger']);
            // How many tunnels undici opens is its own business.
            expect(new Set(proxy.lines)).toEqual(new Set([`CONNECT nango.corp.test:${server.port}`]));
        });

        test.each([
            ['a stream', () => new Response('streamed').body],
            ['a Blob', () => new Blob(['blob'])],
            ['a form', () => Object.assign(new FormData(), {})],
            ['bytes', () => new Uint8Array([1, 2, 3])],
            ['URLSearchParams', () => new URLSearchParams({ a: 'b' })],
        ])("bodies of Node's own classes are sent: %s", async (_, body) => {
            const [server, proxy] = [await secure(), await startProxy()];
            const client = plainClient(adapters[1], server.url, { fetch: proxyingFetch(proxy.url) });
            const { data } = await callForResponse(client, proxied, {
                method: 'POST',
                path: { endpoint: 'files' },
                body: body(),
            });
            expect(data).toEqual({ by: 'server' });
            expect(server.requests).toEqual(['POST /proxy/files']);
        });

        test('a proxy that refuses, a time limit and a signal: errors as ever', async () => {
            const server = await secure();
            const refusing = await startProxy({ answer: 403 });
            const to = (url: string, options: Partial<NangoSettings> = {}) =>
                plainClient(adapters[1], server.url, { fetch: proxyingFetch(url), ...options });
            const call = (client: ReturnType<typeof to>, signal?: AbortSignal) =>
                callForResponse(client, read, { path: { connectionId: 'c' }, options: { signal } });
            await expect(call(to(refusing.url))).rejects.toMatchObject({ name: 'NangoNetworkError' });
            const silent = await startProxy({ answer: 'hang' });
            await expect(call(to(silent.url, { timeout: 100 }))).rejects.toMatchObject({ name: 'NangoTimeoutError' });
            await expect(call(to(silent.url), AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' });
        });
    });

    // Whether Node's fetch understands a dispatcher depends on which undici is in that Node.
    test("Node's own fetch with the dispatcher of another undici: the answer, or an error of ours", async () => {
        const [server, proxy] = [await secure(), await startProxy()];
        const dispatcher = new ProxyAgent({ uri: proxy.url, requestTls: { ca: ca.cert } });
        onTestFinished(() => dispatcher.destroy());
        const mixed = ((input, init) => fetch(input, { ...init, dispatcher } as never)) as typeof globalThis.fetch;
        const client = plainClient(adapters[1], server.url, { fetch: mixed });
        const outcome = await callForResponse<{ by: string }>(client, read, { path: { connectionId: 'c' } }).then(
            ({ data }) => data.by,
            (error) => `${error.name} ${error.stack}`,
        );
        expect(outcome).toMatch(/^(?:server$|NangoNetworkError)/);
        expect(outcome).not.toContain(apiKey);
    });
});
