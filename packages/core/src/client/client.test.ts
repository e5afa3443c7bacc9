import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { call, callForResponse } from '../call.js';
import { NangoConfigError } from '../errors/config-error.js';
import { operation } from '../operation.js';
import { Client } from './client.js';

const key = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const list = operation({ name: 'listIntegrations', method: 'GET', path: '/integrations', idempotent: true });

class Integrations extends Client {
    listIntegrations() {
        return callForResponse(this, list);
    }
}

/** A `fetch` that answers with the headers it was sent. */
function echo() {
    return vi.fn(async (request: RequestInfo | URL, init?: RequestInit) =>
        Response.json(Object.fromEntries(new Request(request, init).headers)),
    );
}

const sent = async (client: object) => call<Record<string, string>>(client, list);

test('nothing that prints a client shows a key', () => {
    const client = new Integrations({ secretKey: key, webhookSigningKey: 'whsec_hidden' });
    const shown = [
        inspect(client, { depth: 9, showHidden: true }),
        JSON.stringify(client),
        String(client),
        inspect(Object.getOwnPropertyDescriptors(client)),
        JSON.stringify({ ...client }),
    ];
    for (const text of shown) {
        expect(text).not.toContain(key);
        expect(text).not.toContain('whsec_hidden');
    }
    expect(inspect(client)).toBe("Integrations { serverUrl: 'https://api.nango.dev' }");
    expect(Object.keys(client)).toEqual([]);
});

test("the vendor's fields can be read and set, and a set key is used from then on", async () => {
    const client = new Integrations({ apiKey: key, fetch: echo() });
    expect(client.apiKey).toBe(key);
    expect(client.secretKey).toBeUndefined();
    expect((await sent(client)).authorization).toBe(`Bearer ${key}`);
    client.apiKey = 'another-key';
    client.isScript = true;
    const headers = await sent(client);
    expect(headers.authorization).toBe('Bearer another-key');
    expect(headers['nango-is-script']).toBe('true');
    expect(() => {
        client.apiKey = 'a\nb';
    }).toThrow(NangoConfigError);
    client.serverUrl = 'https://nango.example.com/api/';
    expect(client.serverUrl).toBe('https://nango.example.com/api');
    expect(() => {
        client.serverUrl = 'nowhere';
    }).toThrow(NangoConfigError);
});

test('flags are sent only when true', async () => {
    const plain = await sent(new Integrations({ apiKey: key, fetch: echo() }));
    expect(Object.keys(plain).filter((name) => name.startsWith('nango-'))).toEqual([]);
    const flagged = await sent(new Integrations({ apiKey: key, fetch: echo(), isSync: true, dryRun: true }));
    expect(flagged).toMatchObject({ 'nango-is-sync': 'true', 'nango-is-dry-run': 'true' });
});

test('a client made from another shares its settings and its transport', async () => {
    const fetch = echo();
    const first = new Integrations({ apiKey: key, fetch });
    const second = new Integrations(first);
    first.apiKey = 'changed-later';
    expect((await sent(second)).authorization).toBe('Bearer changed-later');
    expect(fetch).toHaveBeenCalledOnce();
});

test('copies, proxies and heirs of a client work', async () => {
    const client = new Integrations({ apiKey: key, fetch: echo() });
    for (const one of [new Proxy(client, {}), Object.create(client) as Integrations]) {
        expect((await one.listIntegrations()).status).toBe(200);
    }
});

test('a method taken off its object says what happened', async () => {
    const { listIntegrations } = new Integrations({ apiKey: key, fetch: echo() });
    await expect((async () => listIntegrations.call(undefined as never))()).rejects.toThrow(/taken off its object/);
});

test('the options object may be frozen and is not changed', async () => {
    const options = Object.freeze({ apiKey: key, headers: Object.freeze({ 'X-Team': 'a' }), fetch: echo() });
    expect((await sent(new Integrations(options)))['x-team']).toBe('a');
});

test('headers that the client sets itself are refused as wrong options', () => {
    expect(() => new Integrations({ apiKey: key, headers: { Authorization: 'x' } })).toThrow(NangoConfigError);
});

test('`http` and `interceptors` name what to use instead', () => {
    expect(() => new Integrations({ apiKey: key }).http).toThrow(/hooks/);
    expect(() => new Integrations({ apiKey: key }, { interceptors: { request: [] } } as never)).toThrow(/hooks/);
});

test('a page in a browser is refused, unless it says that it knows', () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    try {
        expect(() => new Integrations({ apiKey: key })).toThrow(/publish your Nango API key/);
        expect(new Integrations({ apiKey: key, dangerouslyAllowBrowser: true })).toBeInstanceOf(Integrations);
    } finally {
        vi.unstubAllGlobals();
    }
});

test('the user agent names package, runtime and what the caller adds', async () => {
    const headers = await sent(new Integrations({ apiKey: key, fetch: echo(), userAgent: 'billing/2' }));
    expect(headers['user-agent']).toMatch(/^@x\/core\/\d+\.\d+\.\d+ \(node\.js\/\d+\.\d+\.\d+\); billing\/2$/);
});
