import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { parseHost } from '../client/settings.js';
import { FetchTransport } from '../transport/fetch-transport.js';
import { NodeTransport } from '../transport/node/node-transport.js';
import { operation } from '../types/operation.js';
import { platform as fetchPlatform } from './fetch.js';
import { platform as nodePlatform } from './node.js';

afterEach(() => void vi.unstubAllGlobals());
const apiKey = 'key-key-key';

test.each<[string, object]>([
    ['deno/2.1.0', { Deno: { version: { deno: '2.1.0' } } }],
    ['bun/1.2.0', { Bun: { version: '1.2.0' } }],
    ['edge-runtime', { EdgeRuntime: 'edge-runtime' }],
    ['workerd', { navigator: { userAgent: 'Cloudflare-Workers' } }],
    ['fetch', { navigator: { userAgent: 'Mozilla' } }],
    ['fetch', { navigator: undefined }],
    ['fetch', { Deno: {}, Bun: {} }],
    ['fetch', { Deno: { version: {} }, navigator: {} }],
])('a runtime is recognised as %s by what it shows (%j)', (runtime, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    expect(fetchPlatform.runtime()).toBe(runtime);
});

test('Node is named with its version', () => {
    expect(nodePlatform.runtime()).toBe(`node.js/${process.versions.node}`);
});

test('both hash alike', async () => {
    // Bytes below 16 have two digits, too.
    for (const text of ['', 'a', 'näme', ...Array.from({ length: 20 }, (_, i) => `text ${i}`)]) {
        const hash = createHash('sha256').update(text).digest('hex');
        expect(await fetchPlatform.sha256(text)).toBe(hash);
        expect(nodePlatform.sha256(text)).toBe(hash);
    }
});

test('promises are shared on Node alone', () => {
    expect([nodePlatform.sharesPromises, fetchPlatform.sharesPromises]).toEqual([true, false]);
});

test('requests go through node:http on Node, through fetch elsewhere and where the caller brings one', async () => {
    expect(nodePlatform.createTransport({ apiKey })).toBeInstanceOf(NodeTransport);
    expect(fetchPlatform.createTransport({ apiKey })).toBeInstanceOf(FetchTransport);
    const fetch = vi.fn(async () => new Response('{"by":"fetch"}'));
    const transport = nodePlatform.createTransport({ apiKey, fetch });
    const request = {
        base: parseHost('https://h.example'),
        path: '/x',
        method: 'GET',
        headers: {},
        body: undefined,
        cancellation: { onCancel: undefined, reason: undefined, cancelled: false },
    };
    const answers = await Promise.all([transport.send(request), transport.send({ ...request, path: '/y' })]);
    expect(await Promise.all(answers.map((answer) => answer.text({ most: Infinity })))).toEqual([
        '{"by":"fetch"}',
        '{"by":"fetch"}',
    ]);
    expect(fetch.mock.calls.map(([url]: unknown[]) => url)).toEqual(['https://h.example/x', 'https://h.example/y']);
});

test('an agent of the caller is used for the scheme that it is for', async () => {
    const { Agent } = await import('node:http');
    const server = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [httpAgent, httpsAgent] = [new Agent(), new Agent()];
    const used = vi.spyOn(httpAgent, 'createConnection' as never);
    try {
        const client = new Client({ apiKey, host, httpAgent, httpsAgent, rateLimit: false });
        await call(client, operation({ name: 'x', method: 'GET', path: '/x', idempotent: true }));
        expect(used).toHaveBeenCalledOnce();
    } finally {
        httpAgent.destroy();
        server.closeAllConnections();
        server.close();
    }
});
