import { Agent } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { callForResponse, NangoNetworkError, NangoTimeoutError } from '@x/core';
import { ProxyAgent, type RequestInit, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { adapters, plainClient } from '../support/adapters.js';
import { eventually, settle } from '../support/eventually.js';
import { fakeClock } from '../support/fake-clock.js';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { action } from '../support/operations.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';

const [node, overFetch] = adapters;
const retry = { limit: 2, baseDelay: 1 };
const failure = (client: Parameters<typeof callForResponse>[0]) => callForResponse(client, action, { body: {} }).catch((e) => e);

/** Takes connections and what comes over them, and says nothing, not even a handshake. */
async function startSilence() {
    let connections = 0;
    let received = 0;
    const server = createServer((socket) => {
        connections += 1;
        socket.on('error', () => undefined);
        socket.on('data', () => {
            received += 1;
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { port: (server.address() as AddressInfo).port, connections: () => connections, received: () => received };
}

describe('`timeout` runs out', () => {
    test('within the TLS handshake: an action was not sent, and is tried again', async () => {
        const silence = await startSilence();
        const error = await failure(plainClient(node, `https://127.0.0.1:${silence.port}`, { timeout: 60, retry }));
        expect(error).toBeInstanceOf(NangoTimeoutError);
        expect(error).toMatchObject({ progress: 'not-sent', scope: 'attempt' });
        await eventually(() => expect(silence.connections()).toBe(3));
    });

    test('in wait of a connection of a full agent: the same', async () => {
        const silence = await startSilence();
        const httpAgent = new Agent({ maxSockets: 1 });
        onTestFinished(() => httpAgent.destroy());
        const callWithin = (timeout: number) =>
            failure(plainClient(node, `http://127.0.0.1:${silence.port}`, { httpAgent, timeout }));
        const clock = fakeClock();
        const first = callWithin(1_000);
        await eventually(() => expect(silence.received()).toBe(1));
        const second = callWithin(60);
        await settle();
        await clock.pass(60);
        expect(await second).toMatchObject({ name: 'NangoTimeoutError', progress: 'not-sent' });
        await clock.pass(940);
        expect(await first).toMatchObject({ name: 'NangoTimeoutError', progress: 'maybe-sent' });
    });

    test.each(adapters)('after the request, over $name: it may have arrived, and an action is not repeated', async (adapter) => {
        const silence = await startSilence();
        const clock = fakeClock();
        const failed = failure(plainClient(adapter, `http://127.0.0.1:${silence.port}`, { timeout: 1_000, retry }));
        await eventually(() => expect(silence.received()).toBe(1));
        await clock.pass(1_000);
        // The waits before repeats, if there were any.
        await settle();
        await clock.pass(10);
        expect(await failed).toMatchObject({ name: 'NangoTimeoutError', progress: 'maybe-sent' });
        expect(silence.received()).toBe(1);
    });
});

describe.runIf(opensslIsHere)('over `fetch` (needs openssl)', () => {
    let ca: PrivateCa;
    let certificate: Certificate;
    beforeAll(async () => {
        ca = await PrivateCa.create();
        certificate = await ca.issue(['DNS:localhost']);
    });
    afterAll(() => ca.remove());

    test('a certificate that is refused: not sent, not repeated', async () => {
        const server = await startServer({ tls: certificate });
        const error = await failure(plainClient(overFetch, server.url, { retry }));
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error).toMatchObject({ progress: 'not-sent', code: expect.stringMatching(/^UNABLE_TO_/) });
        expect(server.requests).toEqual([]);
    });

    test.each([
        [407, 'EPROXY', 1],
        [502, 'EPROXY_GATEWAY', 3],
    ])('a proxy that answers %d instead of a tunnel: not sent, %s, %d tries', async (answer, code, times) => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ answer });
        const dispatcher = new ProxyAgent(proxy.url);
        onTestFinished(() => dispatcher.close());
        const throughProxy = (url: unknown, init: unknown) =>
            undiciFetch(url as string, { ...(init as RequestInit), dispatcher });
        const fetch = throughProxy as unknown as typeof globalThis.fetch;
        const error = await failure(plainClient(overFetch, server.url, { fetch, retry }));
        expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent', code });
        expect(proxy.lines).toHaveLength(times);
    });
});
