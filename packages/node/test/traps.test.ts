import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
    Connections,
    Nango,
    NangoConfigError,
    type NangoOptions,
    NangoResponseError,
    ProxyCalls,
    signWebhook,
} from '../src/index.js';
import { type RecordingServer, startRecordingServer } from './recording-server.js';

/**
 * What people do with a client beside calling it. Also rows `options-checked`, `http-field`, `default-ids`, `proxy-config`, `redirects`, `resilience` and `webhook-bodies`
 * of docs/migration.md.
 */

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const webhookSigningKey = 'whsec-0123456789abcdef';

let server: RecordingServer;
beforeAll(async () => {
    server = await startRecordingServer();
});
afterAll(() => server.close());

const options = () => ({ apiKey, webhookSigningKey, host: server.url, retry: false, rateLimit: false }) as const;
const connection = { connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } };

function answering(): Nango {
    server.answer(() => ({ body: connection }));
    return new Nango(options());
}

describe('composition', () => {
    test('a subclass has every method, and may override and call up', async () => {
        class Mine extends Nango {
            #calls = 0;
            override async listIntegrations() {
                this.#calls++;
                const { configs } = await super.listIntegrations();
                return { configs, calls: this.#calls };
            }
        }
        const mine = new Mine(options());
        server.answer(() => ({ body: { data: [] } }));
        expect(await mine.listIntegrations()).toEqual({ configs: [], calls: 1 });
        answering();
        expect(mine).toBeInstanceOf(Nango);
        expect(await mine.getToken('github', 'c1')).toEqual({ type: 'API_KEY', apiKey: 'k' });
    });

    test('vi.spyOn on the prototype and on an instance', async () => {
        const nango = answering();
        const onPrototype = vi.spyOn(Nango.prototype, 'getConnection').mockResolvedValue({ connection_id: 'mock' } as never);
        expect(await nango.getConnection('github', 'c1')).toEqual({ connection_id: 'mock' });
        onPrototype.mockRestore();
        const onInstance = vi.spyOn(nango, 'getToken');
        await nango.getToken('github', 'c1');
        expect(onInstance.mock.calls).toEqual([['github', 'c1']]);
        expect(server.requests).toHaveLength(1);
    });

    test('new Proxy(client, {}) and Object.create(client) are clients', async () => {
        const nango = answering();
        expect(await new Proxy(nango, {}).getConnection('github', 'c1')).toEqual(connection);
        expect(await (Object.create(nango) as Nango).getConnection('github', 'c1')).toEqual(connection);
        expect(new Proxy(nango, {}).serverUrl).toBe(server.url);
    });

    test('all method names are unique, on one prototype', () => {
        const names = Object.getOwnPropertyNames(Nango.prototype);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toEqual(
            expect.arrayContaining([
                'listProviders',
                'getConnection',
                'listRecords',
                'triggerAction',
                'proxy',
                'createConnectSession',
            ]),
        );
    });

    test('a client of one domain made from the full client shares what it has', async () => {
        const nango = answering();
        const connections = new Connections(nango);
        nango.apiKey = '00000000-0000-4000-8000-000000000000';
        await connections.getConnection('github', 'c1');
        expect(server.requests[0]?.headers.authorization).toBe('Bearer 00000000-0000-4000-8000-000000000000');
        expect(server.requests[0]?.headers['user-agent']).toMatch(/^@x\/node\//);
        await new Connections(options()).getConnection('github', 'c1');
        expect(server.requests[1]?.headers['user-agent']).toMatch(/^@x\/connections\//);
    });

    test('a method taken off its client rejects, and says why', async () => {
        const { getConnection } = answering();
        await expect(getConnection('github', 'c1')).rejects.toThrow(/nango\.getConnection/);
    });

    test('a domain class alone has its methods and no others', async () => {
        const proxy = new ProxyCalls({ ...options(), connectionId: 'c1', providerConfigKey: 'github' });
        server.answer(() => ({ body: { a: 1 } }));
        expect((await proxy.get({ endpoint: '/a' })).data).toEqual({ a: 1 });
        expect('getConnection' in proxy).toBe(false);
    });
});

describe('options', () => {
    test('may be frozen, and are never changed', () => {
        const given = Object.freeze({ ...options(), hooks: Object.freeze({}) });
        const before = { ...given };
        new Nango(given);
        new Nango(given, Object.freeze({ userAgent: 'app/1' }));
        expect(given).toEqual(before);
    });

    test.each<[object, RegExp]>([
        [{}, /apiKey/],
        [{ apiKey, secretKey: apiKey }, /not both/],
        [{ apiKey: `${apiKey}\n` }, /line break/],
        [{ apiKey, host: 'file:///etc/passwd' }, /http/],
        [{ apiKey, host: 'https://user:hunter2@example.com' }, /user name/],
        [{ apiKey, host: 'nowhere' }, /absolute URL/],
    ])('%j is refused without repeating a secret', (given, message) => {
        const failure = catching(() => new Nango(given as NangoOptions));
        expect(failure).toBeInstanceOf(NangoConfigError);
        expect(failure.message).toMatch(message);
        expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/7b2f9d0e|hunter2/);
    });

    test('interceptors and nango.http are refused with what to use instead', () => {
        expect(catching(() => new Nango({ apiKey }, { interceptors: {} } as never)).message).toContain('hooks');
        expect(catching(() => new Nango({ apiKey }).http).message).toContain('hooks');
    });

    test('ids that were not given are undefined', () => {
        const nango = new Nango({ apiKey });
        expect([nango.connectionId, nango.providerConfigKey]).toEqual([undefined, undefined]);
    });
});

test('a proxy config is never changed, and may be frozen', async () => {
    server.answer(() => ({ body: {} }));
    const nango = new Nango({ ...options(), connectionId: 'default-c', providerConfigKey: 'default-i' });
    const config = Object.freeze({ endpoint: '/a', params: Object.freeze({ a: '1' }), headers: Object.freeze({ b: '2' }) });
    await nango.get(config);
    expect(config).toEqual({ endpoint: '/a', params: { a: '1' }, headers: { b: '2' } });
    expect(server.requests[0]?.headers).toMatchObject({ 'connection-id': 'default-c', 'provider-config-key': 'default-i' });
});

test('no way of printing a client shows a key', () => {
    const nango = new Nango({ ...options(), secretKey: undefined });
    const shown = [
        inspect(nango, { depth: 20, showHidden: true, getters: false }),
        JSON.stringify(nango),
        String(nango),
        JSON.stringify(Object.entries(nango)),
        inspect(Object.getOwnPropertyDescriptors(nango), { depth: 20 }),
        inspect({ wrapped: { nango } }, { depth: 20, customInspect: false, showHidden: true }),
        JSON.stringify({ ...nango }),
    ];
    for (const text of shown) expect(text).not.toMatch(/7b2f9d0e|whsec/);
    expect(Object.keys(nango)).toEqual([]);
});

test('a redirect to another origin is refused, and takes nothing there', async () => {
    const stranger = createServer((_request, response) => response.end('{}'));
    const asked: unknown[] = [];
    stranger.on('request', (request) => asked.push(request.headers));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const location = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    server.answer(() => ({ status: 307, headers: { location } }));
    const nango = new Nango(options());
    await expect(nango.setMetadata('github', 'c1', { a: 1 })).rejects.toBeInstanceOf(NangoResponseError);
    const proxied = await nango
        .post({ endpoint: '/a', providerConfigKey: 'github', connectionId: 'c1', data: { a: 1 }, headers: { 'X-Key': 'k' } })
        .catch((error) => error);
    expect(proxied.response?.status ?? proxied.status).toBe(307);
    expect(asked).toEqual([]);
    stranger.close();
});

test('without any options, a 429 is waited for, a failed read repeated, a failed write not, and silence ends', async () => {
    const patient = new Nango({ apiKey, host: server.url, rateLimit: { isolated: true } });
    server.answer(() =>
        server.requests.length === 1
            ? { status: 429, headers: { 'retry-after': '0' }, body: { error: { code: 'too_many_request' } } }
            : { status: server.requests.length === 2 ? 503 : 200, body: connection },
    );
    expect(await patient.getConnection('github', 'c1')).toEqual(connection);
    expect(server.requests).toHaveLength(3);

    server.answer(() => ({ status: 503 }));
    await expect(patient.createConnectSession({ tags: {} })).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(1);

    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const host = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const waiting = new Nango({ apiKey, host, timeout: 50, retry: false }).listIntegrations();
    await expect(waiting).rejects.toMatchObject({ name: 'NangoTimeoutError', code: 'ECONNABORTED', isAxiosError: true });
    silent.closeAllConnections();
    silent.close();
});

test('webhooks are checked whatever form body and headers come in, and nothing throws', () => {
    const nango = new Nango(options());
    const { body, headers } = signWebhook({ type: 'auth', from: 'nango' }, { signingKey: webhookSigningKey });
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    for (const form of [body, Buffer.from(body), new TextEncoder().encode(body), JSON.parse(body)]) {
        expect(nango.verifyIncomingWebhookRequest(form, headers)).toBe(true);
        expect(nango.verifyIncomingWebhookRequest(form, new Headers(headers))).toBe(true);
        expect(nango.verifyIncomingWebhookRequest(form, {})).toBe(false);
    }
    expect(nango.verifyIncomingWebhookRequest(undefined as never, null as never)).toBe(false);
    expect(nango.verifyWebhookSignature(undefined, undefined)).toBe(false);
    // The API key signs no webhook.
    const { headers: wrong } = signWebhook(body, { signingKey: apiKey });
    expect(new Nango({ apiKey }).verifyIncomingWebhookRequest(body, wrong)).toBe(false);
});

function catching(run: () => unknown): Error {
    try {
        run();
    } catch (error) {
        return error as Error;
    }
    throw new Error('nothing was thrown');
}
