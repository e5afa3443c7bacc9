import { Agent } from 'node:https';
import { inspect } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { NangoInputError } from '../errors/input-error.js';
import { askStore } from '../rate-limit/ask-store.js';
import { operation } from '../types/operation.js';
import { call, callForResponse, clientPort } from './call.js';
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

const everything = {
    apiKey: key,
    webhookSigningKey: 'whsec_1',
    connectionId: 'c1',
    providerConfigKey: 'github',
    isSync: true,
    isScript: true,
    dryRun: true,
    activityLogId: 'log-1',
} as const;

test("each of the vendor's fields is what the options said, and can be set", () => {
    const client = new Integrations({ ...everything, host: 'https://h.example/api//' });
    const { apiKey, webhookSigningKey, connectionId, providerConfigKey, isSync, isScript, dryRun, activityLogId } = client;
    expect({ apiKey, webhookSigningKey, connectionId, providerConfigKey, isSync, isScript, dryRun, activityLogId }).toEqual(
        everything,
    );
    expect(client.serverUrl).toBe('https://h.example/api');
    const other = {
        apiKey: 'other-key',
        secretKey: 'other-secret',
        webhookSigningKey: 'whsec_2',
        connectionId: 'c2',
        providerConfigKey: 'slack',
        isSync: false,
        isScript: false,
        dryRun: false,
        activityLogId: 'log-2',
        serverUrl: 'https://other.example',
        userAgent: 'mine/1',
    };
    Object.assign(client, other);
    expect(client).toMatchObject(other);
    client.secretKey = undefined;
    expect(client.secretKey).toBeUndefined();
    expect(() => {
        client.secretKey = 'a b';
    }).toThrow('`secretKey` holds a space');
});

test('what the options leave out is off, or has its default', () => {
    const client = new Integrations({ apiKey: key });
    expect([client.isSync, client.isScript, client.dryRun]).toEqual([false, false, false]);
    expect([client.connectionId, client.providerConfigKey, client.activityLogId]).toEqual([undefined, undefined, undefined]);
    expect(client.serverUrl).toBe('https://api.nango.dev');
});

test('a set user agent, host and flag are used from then on', async () => {
    const fetch = echo();
    const client = new Integrations({ apiKey: key, fetch });
    await sent(client);
    client.userAgent = 'mine/1';
    client.serverUrl = 'https://other.example/base';
    client.isSync = true;
    expect(await sent(client)).toMatchObject({ 'user-agent': 'mine/1', 'nango-is-sync': 'true' });
    expect(String(fetch.mock.calls[1]?.[0])).toBe('https://other.example/base/integrations');
});

test('the prototype, which test tools walk, can be looked at', () => {
    for (const name of Object.getOwnPropertyNames(Client.prototype)) {
        if (name === 'http' || name === 'constructor') continue;
        expect(() => Reflect.get(Client.prototype, name)).not.toThrow();
    }
    expect(Client.prototype.rateLimit).toEqual({ limit: undefined, remaining: undefined, resetAt: undefined, queued: 0 });
    expect(Client.prototype.apiKey).toBeUndefined();
});

test('`secretKey` is another name of the key, and warns of nothing', async () => {
    Reflect.deleteProperty(globalThis, Symbol.for('nango.warned.v1'));
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const client = new Integrations({ secretKey: key, fetch: echo() });
    expect(warn).not.toHaveBeenCalled();
    expect([client.apiKey, client.secretKey]).toEqual([key, key]);
    expect((await sent(client)).authorization).toBe(`Bearer ${key}`);
});

test("an empty host means the API's own", () => {
    expect(new Integrations({ apiKey: key, host: '' }).serverUrl).toBe('https://api.nango.dev');
});

test('options may be a class instance with getters, or inherit; each is read once', () => {
    let reads = 0;
    class Config {
        port = 5432;
        get apiKey() {
            reads++;
            return key;
        }
        get host() {
            return 'http://localhost:3003';
        }
    }
    const client = new Integrations(new Config());
    expect([client.apiKey, client.serverUrl, reads]).toEqual([key, 'http://localhost:3003', 1]);
    const inherited = Object.create({ apiKey: key, connectionId: 'c1' }) as object;
    expect(new Integrations(Object.assign(inherited, { host: 'http://h' }) as never).connectionId).toBe('c1');
});

test('`http` says what to use instead, read or written', () => {
    const client = new Integrations({ apiKey: key });
    expect(() => client.http).toThrow('use the options `hooks`, `fetch` or `headers` instead');
    expect(() => {
        (client as { http: unknown }).http = {};
    }).toThrow('use the options `hooks`, `fetch` or `headers` instead');
});

test('a misspelled member of a call’s options is refused before anything is sent', async () => {
    const fetch = echo();
    const client = new Integrations({ apiKey: key, fetch });
    const refused = call(client, list, { options: { timeOut: 5 } as never });
    await expect(refused).rejects.toThrow("`timeOut` is none of a call's options; did you mean `timeout`?");
    await expect(refused).rejects.toBeInstanceOf(NangoInputError);
});

test('the second argument of the vendor is read; the options win', async () => {
    const legacy = { userAgent: 'legacy/1' };
    expect(new Integrations({ apiKey: key }, legacy).userAgent).toMatch(/; legacy\/1$/);
    expect(new Integrations({ apiKey: key, userAgent: 'new/1' }, legacy).userAgent).toMatch(/; new\/1$/);
    const connections: string[] = [];
    const agent = (name: string) =>
        Object.assign(new Agent(), {
            createConnection() {
                connections.push(name);
                throw new Error('no connection');
            },
        });
    const host = 'https://h.example';
    await sent(new Integrations({ apiKey: key, host, retry: false }, { httpsAgent: agent('legacy') })).catch(() => undefined);
    await sent(
        new Integrations({ apiKey: key, host, retry: false, httpsAgent: agent('options') }, { httpsAgent: agent('legacy') }),
    ).catch(() => undefined);
    expect(connections).toEqual(['legacy', 'options']);
});

test('hooks are one, several or none', async () => {
    const onResponse = vi.fn();
    const fetch = echo();
    for (const hooks of [{ onResponse }, [{ onResponse }, { onResponse }], [], undefined, [undefined as never, { onResponse }]])
        await sent(new Integrations({ apiKey: key, fetch, hooks }));
    expect(onResponse).toHaveBeenCalledTimes(4);
});

test('keys are in no error, those that were set later included', async () => {
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) =>
        Response.json(
            { error: { message: `${new Headers(init?.headers).get('authorization')} hook-secret-1 hook-secret-2` } },
            { status: 400 },
        );
    const client = new Integrations({ apiKey: key, webhookSigningKey: 'hook-secret-1', fetch });
    const message = () => client.listIntegrations().then(String, (error: Error) => error.message);
    expect(await message()).toContain('[redacted] [redacted] hook-secret-2');
    client.webhookSigningKey = 'hook-secret-2';
    client.apiKey = 'a-new-key';
    const second = await message();
    expect(second).toContain('hook-secret-1 [redacted]');
    expect(second).not.toContain('a-new-key');
});

const limited = () =>
    vi.fn(async () =>
        Response.json(
            {},
            {
                headers: {
                    'x-ratelimit-limit': '200',
                    'x-ratelimit-remaining': '100',
                    'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 30),
                },
            },
        ),
    );

test('clients of one account share what is known of its limit; others do not', async () => {
    const fetch = limited();
    const options = { apiKey: 'shared-key', host: 'https://shared.example', fetch };
    const known = (more: object) => new Integrations({ ...options, ...more }).rateLimit.limit;
    await sent(new Integrations(options));
    expect(known({})).toBe(200);
    expect(known({ host: 'https://shared.example/' })).toBe(200);
    for (const more of [
        { apiKey: 'another-key' },
        { host: 'https://another.example' },
        { host: 'https://shared.example/base' },
        { isScript: true },
        { rateLimit: { isolated: true } },
        { rateLimit: { store: { name: 's', ask: () => undefined, lease: () => undefined } } },
    ])
        expect(known(more)).toBeUndefined();
    expect(known({ rateLimit: false })).toBe(200);
    const moved = new Integrations(options);
    expect(moved.rateLimit.limit).toBe(200);
    moved.apiKey = 'another-key';
    expect(moved.rateLimit.limit).toBeUndefined();
});

test('an isolated client keeps its own', async () => {
    const client = new Integrations({ apiKey: 'shared-key-2', fetch: limited(), rateLimit: { isolated: true } });
    await sent(client);
    expect(client.rateLimit.limit).toBe(200);
    expect(new Integrations({ apiKey: 'shared-key-2' }).rateLimit.limit).toBeUndefined();
});

test('a store is asked by a name that does not reveal the key', async () => {
    const lease = vi.fn(async (_request: { key: string }) => ({ granted: 1, window: 1, endsIn: 1_000, retryIn: 0 }));
    const options = {
        apiKey: 'stored-key',
        fetch: limited(),
        rateLimit: { store: { name: 's', ask: askStore, lease } as object as never },
    };
    await sent(new Integrations(options));
    await sent(new Integrations({ ...options, isScript: true, rateLimit: { ...options.rateLimit, isolated: true } }));
    const names = lease.mock.calls.map(([{ key }]) => key);
    expect(names.length).toBeGreaterThanOrEqual(2);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(names).size).toBe(2);
});

test('a token cache is there only when it was asked for, and keeps accounts apart', async () => {
    // However long the test takes, nothing gets too old.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(clientPort(new Integrations({ apiKey: key })).cached).toBeUndefined();
    expect(clientPort(new Integrations({ apiKey: key, tokenCache: false })).cached).toBeUndefined();
    const client = new Integrations({ apiKey: key, tokenCache: {} });
    let loads = 0;
    const read = (of: string[]) =>
        clientPort(client)
            .cached?.read({
                of,
                mode: 'read',
                options: undefined,
                load: async () => ({ loaded: ++loads }),
                expiresAt: () => undefined,
            })
            .then(({ loaded }) => loaded);
    expect([await read(['a', 'b']), await read(['a', 'b']), await read(['ab'])]).toEqual([1, 1, 2]);
    client.apiKey = 'another-key';
    expect(await read(['a', 'b'])).toBe(3);
    await clientPort(client).cached?.forget(['a', 'b']);
    expect(await read(['a', 'b'])).toBe(4);
});

test('a page without a document, or a document without a page, is not a browser', () => {
    for (const name of ['window', 'document']) {
        vi.stubGlobal(name, {});
        try {
            expect(new Integrations({ apiKey: key })).toBeInstanceOf(Integrations);
        } finally {
            vi.unstubAllGlobals();
        }
    }
});
