import { type Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseHost } from '../../client/settings.js';
import { NangoConfigError } from '../../errors/config-error.js';
import { agentFor, sharedAgents } from './agents.js';

let server: Server;
let host: string;
let connections: Socket[];
let keepAlive: string | undefined;
const variables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

beforeEach(async () => {
    for (const name of variables) vi.stubEnv(name, undefined);
    sharedAgents().clear();
    connections = [];
    keepAlive = undefined;
    server = createServer((_request, response) => {
        if (keepAlive !== undefined) response.setHeader('keep-alive', keepAlive);
        response.end('ok');
    });
    // Announced to nobody, unless a test does it.
    server.keepAliveTimeout = 0;
    server.on('connection', (socket) => void connections.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    for (const agent of sharedAgents().values()) (agent as Agent).destroy();
    sharedAgents().clear();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
});

/** Makes a request through the process's agent, and waits until its socket is free again. */
async function get(agent?: Agent): Promise<void> {
    const chosen = agent ?? ((await agentFor(parseHost(host))) as Agent);
    await new Promise<void>((resolve, reject) => {
        const outgoing = request(host, { agent: chosen }, (incoming: IncomingMessage) => {
            incoming.resume();
            incoming.on('end', () => setImmediate(resolve));
        });
        outgoing.on('error', reject);
        outgoing.end();
    });
}
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test('servers of one scheme share an agent that keeps connections', async () => {
    const agent = await agentFor(parseHost(host));
    expect(await agentFor(parseHost('http://other.example'))).toBe(agent);
    expect(await agentFor(parseHost(host))).toBe(agent);
    expect(await agentFor(parseHost('https://other.example'))).not.toBe(agent);
    await get();
    await get();
    expect(connections).toHaveLength(1);
});

test.each([
    ['nothing is announced', undefined, 49_000, 1],
    ['nothing is announced', undefined, 50_000, 2],
    ['the server closes after 10 s', 'timeout=10', 8_900, 1],
    ['the server closes after 10 s', 'timeout=10', 9_000, 2],
    ['the server closes after 10 s and says more', 'max=5, timeout=10', 9_000, 2],
    ['the server closes after 10 minutes', 'timeout=600', 49_000, 1],
    ['the server closes after 10 minutes', 'timeout=600', 50_000, 2],
    ['the server says something else', 'soon', 49_000, 1],
])('where %s (%s), after %i ms there have been %i connections', async (_what, header, ms, count) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    keepAlive = header;
    await get();
    later(ms);
    await get();
    expect(connections).toHaveLength(count);
});

test('a connection that may be dead is looked at once more, a fresh one is not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await get();
    later(1_000);
    expect(agentFor(parseHost(host))).not.toBeInstanceOf(Promise);
    later(1);
    expect(agentFor(parseHost(host))).toBeInstanceOf(Promise);
    await get();
    expect(connections).toHaveLength(1);
});

test('a connection that is used is young again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let i = 0; i < 3; i++) {
        await get();
        later(40_000);
    }
    expect(connections).toHaveLength(1);
});

test('a proxy of the environment gets one agent per server, which is kept', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://proxy.example:8080');
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    const direct = await agentFor(parseHost(host));
    const by = await agentFor(parseHost('http://a.example'));
    expect(by).not.toBe(direct);
    expect(await agentFor(parseHost('http://a.example'))).toBe(by);
    expect(await agentFor(parseHost('http://b.example'))).not.toBe(by);
    expect(JSON.stringify([...sharedAgents().keys()])).not.toContain('proxy.example');
});

test.each(['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'])('%s is heeded', async (name) => {
    const direct = await agentFor(parseHost(host));
    vi.stubEnv(name, 'http://proxy.example:8080');
    expect(await agentFor(parseHost('http://a.example'))).not.toBe(direct);
});

test.each(['https_proxy', 'HTTPS_PROXY'])('%s is heeded for https: servers alone', async (name) => {
    const [plain, secure] = [await agentFor(parseHost(host)), await agentFor(parseHost('https://one.example'))];
    vi.stubEnv(name, 'http://proxy.example:8080');
    expect(await agentFor(parseHost('http://a.example'))).toBe(plain);
    expect(await agentFor(parseHost('https://a.example'))).not.toBe(secure);
});

test('without a proxy nothing of proxies is loaded: the agent is there at once', () => {
    expect(agentFor(parseHost(host))).not.toBeInstanceOf(Promise);
});

test('an invalid proxy fails the request, not the process', async () => {
    vi.stubEnv('ALL_PROXY', 'socks5://proxy.example');
    await expect(agentFor(parseHost('http://a.example'))).rejects.toThrow(NangoConfigError);
});

test('the environment is read once for a server', async () => {
    const agent = await agentFor(parseHost(host));
    vi.stubEnv('HTTP_PROXY', 'http://proxy.example:8080');
    expect(await agentFor(parseHost(host))).toBe(agent);
    expect(await agentFor(parseHost('http://a.example'))).not.toBe(agent);
});

test('at most so many connections are open at once, each limit with connections of its own; calls that wait are answered by them', async () => {
    const base = parseHost(host);
    const two = (await agentFor(base, 2)) as Agent;
    expect(await agentFor(base, 2)).toBe(two);
    expect(await agentFor(parseHost('http://a.example'), 2)).toBe(two);
    expect(await agentFor(base)).not.toBe(two);
    expect(((await agentFor(base)) as Agent).maxSockets).toBe(Number.POSITIVE_INFINITY);
    await Promise.all(Array.from({ length: 10 }, () => get(two)));
    expect(connections).toHaveLength(2);
});

test('the limit holds through a proxy, too', async () => {
    vi.stubEnv('HTTP_PROXY', host);
    const by = (await agentFor(parseHost('http://a.example'), 2)) as Agent;
    expect(by.maxSockets).toBe(2);
    expect(await agentFor(parseHost('http://a.example'))).not.toBe(by);
});
