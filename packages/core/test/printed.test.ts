import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../src/client/compose.js';
import { Client, callForResponse, operation } from '../src/index.js';

/** Whatever is printed of a client, of an answer and of what the process shares: the key is not in it. */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const webhookSigningKey = 'whsec-0123456789abcdef';
const all = { depth: 30, showHidden: true, getters: true, customInspect: false, maxArrayLength: 1000 };
const get = operation({ name: 'getThing', method: 'GET', path: '/thing', idempotent: true, proxied: true });

const server = createServer((request, response) => {
    if (request.url === '/open') return void response.write('begun');
    if (request.url === '/gzip') return void response.writeHead(200, { 'content-encoding': 'identity' }).end('x');
    response.end('a stream');
});
let host: string;
beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});

class Things extends Client {
    listThings() {
        return 1;
    }
}
class Heir extends compose('test/1', Things) {}

test.each([
    ['a client', () => new Client({ apiKey, webhookSigningKey, host })],
    ['one by its older key', () => new Client({ secretKey: apiKey, host })],
    ['a resource', () => new Things({ apiKey, webhookSigningKey, host })],
    ['an heir of a composed client', () => new Heir({ apiKey, webhookSigningKey, host })],
    ['what is made of a client', () => Object.create(new Things({ apiKey, webhookSigningKey, host }))],
])('%s', (_what, make) => {
    const client = make();
    expect(client.apiKey).toBe(apiKey);
    for (const shown of [inspect(client, all), inspect({ deep: [client] }, all), inspect(client), JSON.stringify(client)]) {
        expect(shown).not.toContain(apiKey);
        expect(shown).not.toContain(webhookSigningKey);
    }
});

test('the keys stay accessors that can be set', () => {
    const client = new Heir({ apiKey, host });
    client.apiKey = 'another-key';
    expect(client.apiKey).toBe('another-key');
    expect('apiKey' in client).toBe(true);
    expect(Object.keys(client)).toEqual([]);
});

test.each([
    ['node:http', {}],
    ['fetch', { fetch: globalThis.fetch }],
])('a streamed answer over %s', async (_name, options) => {
    const client = new Client({ apiKey, host, ...options });
    const answer = await callForResponse<AsyncIterable<Uint8Array>>(client, get, { target: '/thing', responseType: 'stream' });
    expect(inspect(answer, all)).not.toContain(apiKey);
    let text = '';
    for await (const chunk of answer.data) text += Buffer.from(chunk).toString();
    expect(text).toBe('a stream');
    expect(inspect(answer, all)).not.toContain(apiKey);
});

test('what the process shares, during a call', async () => {
    const client = new Client({ apiKey, host });
    const { data } = await callForResponse<AsyncIterable<Uint8Array>>(client, get, { target: '/open', responseType: 'stream' });
    const waiting = Array.from({ length: 20 }, () => callForResponse(client, get, { target: '/open', responseType: 'stream' }));
    const shared = Object.getOwnPropertySymbols(globalThis).filter((symbol) => symbol.description?.startsWith('nango.'));
    expect(shared.length).toBeGreaterThan(1);
    for (const symbol of shared) expect(inspect((globalThis as Record<symbol, unknown>)[symbol], all)).not.toContain(apiKey);
    server.closeAllConnections();
    await Promise.allSettled([...waiting, data[Symbol.asyncIterator]().next()]);
});
