import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../support/loopback-server.js';
import { NetworkChild } from './child/network-child.js';

const ipv6IsHere = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
if (!ipv6IsHere) console.warn('No ::1 here: the tests of IPv6 are left out');

/** A port on which nothing listens, on any address. */
async function closedPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}

test('a name that moves: calls follow it as soon as the old server closes its connections', async () => {
    const old = await startServer({ by: 'old', name: 'nango.test' });
    const { port } = old;
    const next = await startServer({ by: 'new', address: '127.0.0.2', port });
    const app = await NetworkChild.start();
    expect(await app.call(old.url, { addresses: { 'nango.test': '127.0.0.1' } })).toMatchObject({ by: 'old' });
    // An open connection is used on, whatever the name resolves to by now.
    expect(await app.call(old.url, { addresses: { 'nango.test': '127.0.0.2' } })).toMatchObject({ by: 'old' });
    await old.close();
    expect(await app.call(old.url, { kind: 'action', forward: 2_000 })).toMatchObject({ by: 'new' });
    expect([old.connections, next.connections]).toEqual([1, 1]);
});

test('a name that moves while the connection is idle: after 50 s it is looked up again, though the old server lives on', async () => {
    const old = await startServer({ by: 'old', name: 'nango.test' });
    await startServer({ by: 'new', address: '127.0.0.2', port: old.port });
    const app = await NetworkChild.start();
    await app.call(old.url, { addresses: { 'nango.test': '127.0.0.1' } });
    const moved = await app.call(old.url, { addresses: { 'nango.test': '127.0.0.2' }, forward: 50_000 });
    expect(moved).toMatchObject({ by: 'new' });
});

test('a name that does not resolve: not sent, its code, and found when it is there again', async () => {
    const server = await startServer({ name: 'nango.invalid' });
    const app = await NetworkChild.start();
    const { error } = await app.call(server.url, { kind: 'action' });
    expect(error).toMatchObject({
        name: 'NangoNetworkError',
        code: expect.stringMatching(/^E(?:NOTFOUND|AI_AGAIN)$/),
        progress: 'not-sent',
    });
    expect(error?.message).toContain('nango.invalid');
    expect(await app.call(server.url, { addresses: { 'nango.invalid': '127.0.0.1' } })).toMatchObject({ by: 'server' });
});

test.runIf(ipv6IsHere)('a host that has an IPv6 address alone, as address and as name (needs ::1)', async () => {
    const server = await startServer({ address: '::1', name: '[::1]' });
    const app = await NetworkChild.start();
    expect(await app.call(server.url)).toMatchObject({ by: 'server' });
    const byName = `http://nango.test:${server.port}`;
    expect(await app.call(byName, { addresses: { 'nango.test': '::1' } })).toMatchObject({ by: 'server' });
});

test('the first address of a name is dead: the next one is used, and actions are sent once', async () => {
    const server = await startServer({ name: 'nango.test' });
    const app = await NetworkChild.start();
    const addresses = { 'nango.test': '::1,127.0.0.1' };
    expect(await app.call(server.url, { kind: 'action', addresses })).toMatchObject({ by: 'server' });
    expect(server.requests).toEqual(['POST /action/trigger']);
});

test('no address of a name answers: the error names each, and nothing was sent', async () => {
    const port = await closedPort();
    const app = await NetworkChild.start();
    const addresses = { 'nango.test': '127.0.0.1,127.0.0.2' };
    const { error } = await app.call(`http://nango.test:${port}`, { kind: 'action', addresses });
    expect(error).toMatchObject({ name: 'NangoNetworkError', code: 'ECONNREFUSED', progress: 'not-sent' });
    expect(error?.message).toContain(`127.0.0.1:${port}`);
    expect(await app.call(`http://nango.test:${port}`, { addresses: { 'nango.test': '::1,127.0.0.1' } })).toMatchObject({
        error: {
            progress: 'not-sent',
            message: expect.stringMatching(new RegExp(`::1:${port}.*127\\.0\\.0\\.1:${port}`)),
        },
    });
});

test('a server that closes within the TLS handshake: nothing was sent, so an action is tried again', async () => {
    let connections = 0;
    const server = createServer((socket) => {
        connections += 1;
        socket.on('error', () => undefined);
        socket.once('data', () => (connections === 1 ? socket.end() : socket.resetAndDestroy()));
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const app = await NetworkChild.start();
    const { error } = await app.call(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, {
        kind: 'action',
        options: { retry: { limit: 2, baseDelay: 1 } },
    });
    expect(error).toMatchObject({ name: 'NangoNetworkError', code: 'ECONNRESET', progress: 'not-sent' });
    expect(connections).toBe(3);
});
