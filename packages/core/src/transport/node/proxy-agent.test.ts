import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { startProxy } from '../../../test/support/forward-proxy.js';
import { startServer } from '../../../test/support/loopback-server.js';
import { testCertificate } from '../../../test/support/test-certificate.js';
import { parseHost } from '../../client/settings.js';
import { createProxyAgent } from './proxy-agent.js';

const agents: Agent[] = [];
beforeEach(() => {
    for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']) {
        vi.stubEnv(name, undefined);
        vi.stubEnv(name.toUpperCase(), undefined);
    }
    // The certificate is the tests' own.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
});
afterEach(() => {
    for (const agent of agents.splice(0)) agent.destroy();
    vi.unstubAllEnvs();
});

/** Asks a server by the proxy of the environment. */
function get(url: string, agent = agentFor(url)): Promise<{ status: number | undefined; body: string }> {
    const open = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
        const outgoing = open(url, { agent }, (incoming: IncomingMessage) => {
            let body = '';
            incoming.on('data', (chunk) => {
                body += chunk;
            });
            incoming.on('end', () => resolve({ status: incoming.statusCode, body }));
        });
        outgoing.on('error', reject);
        outgoing.end();
    });
}
function agentFor(url: string): Agent {
    const agent = createProxyAgent(parseHost(url)) as Agent;
    agents.push(agent);
    return agent;
}
const failure = (url: string) =>
    get(url).then(
        () => expect.fail('it should have failed'),
        (error: unknown) => error as Error & { code?: string; syscall?: string },
    );

test('without a proxy there is no agent', () => {
    expect(createProxyAgent(parseHost('https://h.example'))).toBeUndefined();
});

test.each([
    ['speaks HTTP', undefined],
    ['speaks TLS', testCertificate],
])('an https: server is reached through a tunnel that is kept, by a proxy that %s', async (_what, tls) => {
    const server = await startServer({ tls: testCertificate, name: 'inside.example' });
    const proxy = await startProxy({ tls: tls as never, credentials: 'us%er:p@ss' });
    vi.stubEnv('HTTPS_PROXY', proxy.url.replace('//', '//us%25er:p%40ss@'));
    const agent = agentFor(server.url);
    for (let i = 0; i < 3; i++) expect(await get(`${server.url}/x`, agent)).toEqual({ status: 200, body: '{"by":"server"}' });
    expect(proxy.lines).toEqual([`CONNECT inside.example:${server.port}`]);
    expect(proxy.read[0]).toContain(`"inside.example:${server.port}"`);
    expect(server.requests).toEqual(['GET /x', 'GET /x', 'GET /x']);
    expect(server.clients.map(({ servername }) => servername)).toEqual(['inside.example']);
});

test.each([
    ['speaks HTTP', undefined],
    ['speaks TLS', testCertificate],
])('an http: server is asked for by its whole URL, by a proxy that %s, on a connection that is kept', async (_what, tls) => {
    const server = await startServer({ name: 'inside.example' });
    const proxy = await startProxy({ tls: tls as never, credentials: 'user:' });
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('//', '//user@'));
    const agent = agentFor(server.url);
    for (let i = 0; i < 2; i++) expect((await get(`${server.url}/x?y=1`, agent)).status).toBe(200);
    expect(proxy.lines).toEqual(Array(2).fill(`GET ${server.url}/x?y=1`));
    expect(server.requests).toEqual(['GET /x?y=1', 'GET /x?y=1']);
    // One of the client's, and one of the proxy's own for each request at most.
    expect(await new Promise((resolve) => setImmediate(() => resolve(Object.keys(agent.freeSockets).length)))).toBe(1);
});

test('a password without a name is sent too', async () => {
    const proxy = await startProxy({ credentials: ':secret' });
    const server = await startServer();
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('//', '//:secret@'));
    expect((await get(server.url)).status).toBe(200);
});

test('a per cent sign that is not an escape stands for itself', async () => {
    const proxy = await startProxy({ credentials: 'user:100%sure' });
    const server = await startServer();
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('//', '//user:100%sure@'));
    expect((await get(server.url)).status).toBe(200);
});

test('a server and a proxy that are addresses of IPv6', async () => {
    const server = await startServer({ tls: testCertificate, address: '::1', name: '[::1]' });
    const proxy = await startProxy({ address: '::1', addresses: { '::1': '::1' } });
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    expect((await get(server.url)).status).toBe(200);
    expect(proxy.lines).toEqual([`CONNECT [::1]:${server.port}`]);
});

test.each([200, 201, 299])('%i opens a tunnel', async (answer) => {
    const server = await startServer({ tls: testCertificate });
    vi.stubEnv('HTTPS_PROXY', (await startProxy({ answer })).url);
    expect((await get(server.url)).status).toBe(200);
});

test.each([
    [403, 'EPROXY', 'the proxy answered 403: it does not let connections to h.example:443 pass'],
    [300, 'EPROXY', 'the proxy answered 300: it does not let connections to h.example:443 pass'],
    [302, 'EPROXY', 'the proxy answered 302: it does not let connections to h.example:443 pass'],
    [407, 'EPROXY', 'the proxy answered 407: it wants credentials, e.g. HTTPS_PROXY=http://user:password@proxy.example.com:8080'],
    [499, 'EPROXY', 'the proxy answered 499'],
    [500, 'EPROXY_GATEWAY', 'the proxy answered 500 for h.example:443'],
    [502, 'EPROXY_GATEWAY', 'the proxy answered 502 for h.example:443'],
])('%i does not, and says what to do', async (answer, code, words) => {
    vi.stubEnv('HTTPS_PROXY', (await startProxy({ answer })).url);
    const error = await failure('https://h.example');
    expect(error).toMatchObject({ code, syscall: 'connect' });
    expect(error.message).toContain(`no connection through the proxy: ${words}`);
});

test('credentials that are refused are distinguished from none, and not shown', async () => {
    const { url } = await startProxy({ credentials: 'user:right' });
    vi.stubEnv('HTTPS_PROXY', url.replace('//', '//user:hunter2@'));
    const error = await failure('https://h.example');
    expect(error.message).toContain('it does not take the user name and password of HTTPS_PROXY');
    expect(error.message).not.toContain('hunter2');
});

test('a proxy that is not there, or closes, is reported by its code', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    expect(await failure('https://h.example')).toMatchObject({
        code: 'ECONNREFUSED',
        syscall: 'connect',
        message: expect.stringContaining('no connection through the proxy: connect ECONNREFUSED'),
    });
    vi.stubEnv('HTTPS_PROXY', (await startProxy({ answer: 'drop' })).url);
    expect(await failure('https://h.example')).toMatchObject({ code: 'ECONNRESET', syscall: 'connect' });
});

test('a proxy that says nothing is let go with the request', async () => {
    const proxy = await startProxy({ answer: 'hang' });
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    const outgoing = httpsRequest('https://h.example', { agent: agentFor('https://h.example') });
    const failed = new Promise((resolve) => outgoing.on('error', resolve));
    outgoing.end();
    await eventually(() => expect(proxy.lines).toHaveLength(1));
    expect(proxy.open).toBe(1);
    outgoing.destroy(new Error('given up'));
    await failed;
    await eventually(() => expect(proxy.open).toBe(0));
});
