import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKey } from '../support/adapters.js';
import { startProxy } from '../support/forward-proxy.js';
import { startServer } from '../support/loopback-server.js';
import { type Certificate, opensslIsHere, PrivateCa } from '../support/private-ca.js';
import { NetworkChild } from './child/network-child.js';

const password = 'p@ss:w/rd%';
const credentials = `corp\\alice:${password}`;
const inUrl = (url: string, text = credentials) => {
    const colon = text.indexOf(':');
    const userinfo = [text.slice(0, colon), text.slice(colon + 1)].map(encodeURIComponent).join(':');
    return url.replace('://', `://${userinfo}@`);
};

describe.runIf(opensslIsHere)('a proxy that the environment names, a server behind it with a private CA (needs openssl)', () => {
    let ca: PrivateCa;
    let certificate: Certificate;
    let proxyCertificate: Certificate;
    beforeAll(async () => {
        ca = await PrivateCa.create();
        certificate = await ca.issue(['DNS:*.corp.test', 'DNS:localhost', 'IP:127.0.0.1', 'IP:::1']);
        // Not the server's names: what is checked must be the proxy's own.
        proxyCertificate = await ca.issue(['DNS:localhost', 'IP:127.0.0.1']);
    });
    afterAll(() => ca.remove());

    const start = (env: Record<string, string>) => NetworkChild.start({ NODE_EXTRA_CA_CERTS: ca.file, ...env });

    test('calls go through one tunnel that is kept, with credentials, by a name that only the proxy can resolve', async () => {
        const server = await startServer({ tls: certificate, name: 'nango.corp.test' });
        const proxy = await startProxy({ credentials });
        const app = await start({ HTTPS_PROXY: inUrl(proxy.url) });
        expect(await app.run({ host: server.url, calls: 5 })).toMatchObject(Array(5).fill({ by: 'server' }));
        expect(proxy.lines).toEqual([`CONNECT nango.corp.test:${server.port}`]);
        expect(server.clients).toEqual([{ servername: 'nango.corp.test', certificate: undefined }]);
        expect(proxy.read.join()).not.toContain(apiKey);
        expect(await app.end()).toBe(0);
        expect(app.warnings).toEqual([]);
    });

    test('a tunnel that the server closed is opened anew', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy();
        const app = await start({ HTTPS_PROXY: proxy.url });
        await app.call(server.url);
        server.closeConnections();
        await expect.poll(() => proxy.open).toBe(0);
        expect(await app.call(server.url, { kind: 'action', forward: 2_000 })).toMatchObject({ by: 'server' });
        expect(proxy.lines).toHaveLength(2);
        expect(server.requests).toHaveLength(2);
    });

    test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])('%s is read', async (name) => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy();
        const app = await start({ [name]: proxy.url });
        expect(await app.call(server.url)).toMatchObject({ by: 'server' });
        expect(proxy.lines).toHaveLength(1);
    });

    test('HTTP_PROXY is for http: hosts alone', async () => {
        const [secure, plain] = [
            await startServer({ tls: certificate }),
            await startServer({ by: 'plain', name: 'nango.corp.test' }),
        ];
        const proxy = await startProxy({ credentials });
        const app = await start({ HTTP_PROXY: inUrl(proxy.url) });
        expect(await app.call(secure.url)).toMatchObject({ by: 'server' });
        expect(proxy.lines).toEqual([]);
        expect(await app.run({ host: plain.url, calls: 2, kind: 'action' })).toMatchObject([{ by: 'plain' }, { by: 'plain' }]);
        expect(proxy.lines).toEqual(Array(2).fill(`POST http://nango.corp.test:${plain.port}/action/trigger`));
        expect(plain.requests).toEqual(Array(2).fill('POST /action/trigger'));
    });

    test('a proxy without a scheme gets plain HTTP, for every host', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy();
        const app = await start({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
        expect(await app.call(server.url)).toMatchObject({ by: 'server' });
        expect(proxy.lines).toHaveLength(1);
    });

    test('a proxy that speaks TLS itself, for https: and http: hosts', async () => {
        const secure = await startServer({ tls: certificate, name: 'nango.corp.test' });
        const plain = await startServer({ by: 'plain', name: 'nango.corp.test' });
        const proxy = await startProxy({ tls: proxyCertificate, credentials });
        const app = await start({ ALL_PROXY: inUrl(proxy.url) });
        expect(await app.call(secure.url)).toMatchObject({ by: 'server' });
        expect(await app.call(plain.url)).toMatchObject({ by: 'plain' });
        const byAddress = await start({ ALL_PROXY: inUrl(`https://127.0.0.1:${proxy.port}`) });
        expect(await byAddress.call(secure.url)).toMatchObject({ by: 'server' });
        expect(await byAddress.call(plain.url)).toMatchObject({ by: 'plain' });
        expect(proxy.lines).toHaveLength(4);
        expect([...app.warnings, ...byAddress.warnings]).toEqual([]);
    });

    // One application for all: the environment is read when a server is first called, and each has a port of its own.
    test('NO_PROXY', async () => {
        const proxy = await startProxy({ addresses: { '::1': '::1' } });
        const app = await start({ ALL_PROXY: proxy.url });
        const forms: [noProxy: string, name: string, way: 'direct' | 'proxy'][] = [
            ['*', 'nango.corp.test', 'direct'],
            ['nango.corp.test', 'nango.corp.test', 'direct'],
            ['NANGO.CORP.TEST', 'nango.corp.test', 'direct'],
            ['.corp.test', 'nango.corp.test', 'direct'],
            ['*.corp.test', 'nango.corp.test', 'direct'],
            ['*corp.test', 'nango.corp.test', 'direct'],
            ['example.com, .corp.test', 'nango.corp.test', 'direct'],
            ['example.com .corp.test', 'nango.corp.test', 'direct'],
            ['nango.corp.test:PORT', 'nango.corp.test', 'direct'],
            ['.corp.test:PORT', 'nango.corp.test', 'direct'],
            ['nango.corp.test:1', 'nango.corp.test', 'proxy'],
            ['corp.test', 'nango.corp.test', 'proxy'],
            ['ango.corp.test', 'nango.corp.test', 'proxy'],
            ['127.0.0.0/8', 'nango.corp.test', 'proxy'],
            ['127.0.0.1', '127.0.0.1', 'direct'],
            ['localhost', '127.0.0.1', 'direct'],
            ['localhost:PORT', '127.0.0.1', 'direct'],
            ['localhost:1', '127.0.0.1', 'proxy'],
            ['127.0.0.1', 'localhost', 'direct'],
            ['::1', '[::1]', 'direct'],
            ['[::1]', '[::1]', 'direct'],
            ['[::1]:PORT', '[::1]', 'direct'],
            ['localhost', '[::1]', 'direct'],
            ['nango.corp.test', '[::1]', 'proxy'],
        ];
        const ways: typeof forms = [];
        for (const [noProxy, name] of forms) {
            const ipv6 = name === '[::1]';
            const server = await startServer({ name, ...(ipv6 ? { address: '::1' } : { tls: certificate }) });
            const before = proxy.lines.length;
            const env = { NO_PROXY: noProxy.replace('PORT', String(server.port)) };
            const { by } = await app.call(server.url, { addresses: { 'nango.corp.test': '127.0.0.1' }, env });
            expect(by, `NO_PROXY=${noProxy}, ${name}`).toBe('server');
            ways.push([noProxy, name, proxy.lines.length > before ? 'proxy' : 'direct']);
        }
        expect(ways).toEqual(forms);
    });

    test('a proxy and a server that have IPv6 addresses alone', async () => {
        const server = await startServer({ tls: certificate, name: '[::1]', address: '::1' });
        const proxy = await startProxy({ address: '::1', addresses: { '::1': '::1' } });
        const app = await start({ HTTPS_PROXY: proxy.url });
        const { by, error } = await app.call(server.url);
        // Some versions of Node 22 take no certificate for an IPv6 address.
        expect(by ?? error?.code).toMatch(/^(?:server|ERR_TLS_CERT_ALTNAME_INVALID)$/);
        expect(proxy.lines).toEqual([`CONNECT [::1]:${server.port}`]);
    });

    test.each([
        [407, 'EPROXY', /HTTPS_PROXY/],
        [403, 'EPROXY', /403/],
    ])('a proxy that refuses with %d is not asked again, and the message says what to look at', async (status, code, says) => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ credentials, answer: status === 407 ? 200 : status });
        const app = await start({ HTTPS_PROXY: status === 407 ? inUrl(proxy.url, 'alice:hunter2') : inUrl(proxy.url) });
        const { error } = await app.call(server.url, { kind: 'action', options: { retry: { limit: 3, baseDelay: 1 } } });
        expect(error).toMatchObject({ name: 'NangoNetworkError', code, progress: 'not-sent' });
        expect(error?.message).toMatch(says);
        for (const secret of ['hunter2', password, encodeURIComponent(password), apiKey]) {
            expect(error?.everything).not.toContain(secret);
        }
        expect(proxy.lines).toHaveLength(1);
        expect(server.connections).toBe(0);
    });

    test('a proxy that cannot reach the server now is asked again, for actions too', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ answer: 503 });
        const app = await start({ HTTPS_PROXY: proxy.url });
        const { error } = await app.call(server.url, { kind: 'action', options: { retry: { limit: 2, baseDelay: 1 } } });
        expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent' });
        expect(proxy.lines).toHaveLength(3);
    });

    test.each(['drop', 'break'] as const)('a proxy that closes (%s) instead of a tunnel: nothing was sent', async (answer) => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ answer });
        const app = await start({ HTTPS_PROXY: proxy.url });
        const { error } = await app.call(server.url, { kind: 'action', options: { retry: { limit: 2, baseDelay: 1 } } });
        expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent' });
        expect(proxy.lines).toHaveLength(3);
    });

    test('any 2xx opens a tunnel', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ answer: 201 });
        const app = await start({ HTTPS_PROXY: proxy.url });
        expect(await app.call(server.url)).toMatchObject({ by: 'server' });
    });

    test('a proxy that takes the connection and says nothing: the time limit cuts it, and nothing of it stays', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ answer: 'hang' });
        const app = await start({ HTTPS_PROXY: proxy.url });
        const { error } = await app.call(server.url, { options: { timeout: 150 } });
        expect(error).toMatchObject({ name: 'NangoTimeoutError' });
        await expect.poll(() => proxy.open).toBe(0);
        expect(await app.end()).toBe(0);
    });

    test.each([
        ['http://alice:hunter2@proxy corp:8080', /HTTPS_PROXY/],
        ['http://alice:hunter2#x@proxy:8080', /HTTPS_PROXY/],
        ['socks5://alice:hunter2@127.0.0.1:1080', /socks/],
    ])('a proxy that is no http(s) URL (%s): an error that says so and does not repeat it', async (value, says) => {
        const server = await startServer({ tls: certificate });
        const app = await start({ HTTPS_PROXY: value });
        const { error } = await app.call(server.url);
        expect(error?.name).toBe('NangoConfigError');
        expect(error?.message).toMatch(says);
        expect(error?.everything).not.toContain('hunter2');
    });

    test('a per cent sign that is not an escape in the password is sent as it is', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy({ credentials: 'alice:100%zz' });
        const app = await start({ HTTPS_PROXY: proxy.url.replace('://', '://alice:100%zz@') });
        expect(await app.call(server.url)).toMatchObject({ by: 'server' });
    });

    test('a server behind the tunnel whose CA is unknown: not sent, not repeated', async () => {
        const server = await startServer({ tls: certificate });
        const proxy = await startProxy();
        const app = await NetworkChild.start({ HTTPS_PROXY: proxy.url });
        const { error } = await app.call(server.url, { options: { retry: { limit: 3, baseDelay: 1 } } });
        expect(error).toMatchObject({ name: 'NangoNetworkError', progress: 'not-sent' });
        expect(error?.message).toMatch(/NODE_EXTRA_CA_CERTS/);
        expect(proxy.lines).toHaveLength(1);
        expect(server.requests).toEqual([]);
    });

    test("an http: host: the proxy's refusal is an answer like any other", async () => {
        const plain = await startServer({ by: 'plain' });
        const proxy = await startProxy({ credentials });
        const app = await start({ HTTP_PROXY: proxy.url });
        const { error } = await app.call(plain.url, { kind: 'action' });
        expect(error).toMatchObject({ name: 'NangoApiError', status: 407 });
        expect(plain.requests).toEqual([]);
    });
});
