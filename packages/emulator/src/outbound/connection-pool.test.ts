import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../start-emulator.js';

let upstream: Server;
let connections: number;
let emulator: RunningEmulator;
let port: number;

const listen = async (on: number) => {
    upstream = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
    upstream.on('connection', () => connections++);
    await new Promise<void>((resolve) => upstream.listen(on, '127.0.0.1', resolve));
    return (upstream.address() as AddressInfo).port;
};
const closed = () => new Promise((resolve) => upstream.close(resolve));

beforeEach(async () => {
    connections = 0;
    port = await listen(0);
    const origin = `http://127.0.0.1:${port}`;
    emulator = await startEmulator({
        port: 0,
        upstreams: [origin],
        seed: {
            integrations: [{ provider: 'unauthenticated', unique_key: 'own', integration_config: { baseUrl: origin } }],
            connections: [{ provider_config_key: 'own', connection_id: 'c1', credentials: { type: 'NONE' } }],
        },
    });
});
afterEach(async () => {
    await emulator.close();
    await closed();
});

const call = async (fetch: typeof globalThis.fetch, method = 'GET') => {
    const answer = await fetch(`${emulator.url}/proxy/things`, {
        method,
        headers: { authorization: `Bearer ${emulator.apiKey}`, 'provider-config-key': 'own', 'connection-id': 'c1' },
    });
    return { status: answer.status, body: await answer.text() };
};

test('proxied calls one after the other share a connection', async () => {
    for (let at = 0; at < 5; at++) expect(await call(fetch, at % 2 ? 'POST' : 'GET')).toMatchObject({ status: 200 });
    expect(connections).toBe(1);
});

test.each(['GET', 'POST'])('an upstream that was closed refuses a %s, and one that came back is reached', async (method) => {
    for (let at = 0; at < 5; at++) {
        await call(fetch, method);
        await closed();
        expect(await call(fetch, method)).toMatchObject({ status: 500, body: expect.stringContaining('ECONNREFUSED') });
        await listen(port);
        expect(await call(fetch, method)).toMatchObject({ status: 200 });
    }
});

test('a call in process has a connection of its own: it may be ahead of the news that an upstream was closed', async () => {
    await call(emulator.fetch);
    await call(emulator.fetch);
    expect(connections).toBe(2);
    await closed();
    expect(await call(emulator.fetch)).toMatchObject({ body: expect.stringContaining('ECONNREFUSED') });
    await listen(port);
});
