import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections } from '@x/connections';
import { afterEach, beforeEach, expect, test } from 'vitest';

let asked: string[];
let expiresIn = 3_600_000;
const server = createServer((request: IncomingMessage, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json');
    if (request.method !== 'GET') return void response.end('{"success":true}');
    response.end(
        JSON.stringify({
            connection_id: 'c1',
            provider: 'github',
            provider_config_key: 'github',
            metadata: null,
            credentials: {
                type: 'OAUTH2',
                access_token: `token-${asked.length}`,
                expires_at: new Date(Date.now() + expiresIn).toISOString(),
                raw: { scope: 'repo' },
            },
        }),
    );
});
let client: Connections;
beforeEach(async () => {
    asked = [];
    expiresIn = 3_600_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new Connections({
        apiKey: '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7',
        host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        tokenCache: { maxAge: 60_000 },
    });
});
afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
});

test('getToken, getConnection and getRawTokenResponse share one answer; other connections have their own', async () => {
    expect(await client.getToken('github', 'c1')).toBe('token-1');
    expect((await client.getConnection('github', 'c1')).credentials).toMatchObject({ access_token: 'token-1' });
    expect(await client.getRawTokenResponse('github', 'c1')).toEqual({ scope: 'repo' });
    expect(asked).toHaveLength(1);
    await client.getToken('github', 'c2');
    await client.getToken('gitlab', 'c1');
    expect(asked).toHaveLength(3);
});

test('forceRefresh gets a new token, which is then the kept one', async () => {
    await client.getToken('github', 'c1');
    expect(await client.getToken('github', 'c1', true)).toBe('token-2');
    expect(await client.getToken('github', 'c1')).toBe('token-2');
});

test('an answer with a refresh token is neither taken from the cache nor kept', async () => {
    await client.getConnection('github', 'c1', { refreshToken: true });
    await client.getConnection('github', 'c1', { refreshToken: true });
    expect(asked).toHaveLength(2);
    await client.getToken('github', 'c1');
    expect(asked).toHaveLength(3);
});

test.each([
    ['patchConnection', () => client.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { tags: {} })],
    ['setMetadata', () => client.setMetadata('github', ['c0', 'c1'], { a: 1 })],
    ['updateMetadata', () => client.updateMetadata('github', 'c1', { a: 1 })],
    ['deleteConnection', () => client.deleteConnection('github', 'c1')],
    [
        'importConnection',
        () => client.importConnection({ connection_id: 'c1', provider_config_key: 'github', credentials: { type: 'NONE' } }),
    ],
])('%s drops what was kept', async (_name, change) => {
    await client.getToken('github', 'c1');
    await change();
    expect(await client.getToken('github', 'c1')).toBe('token-3');
});

test('a token that is about to expire is asked for anew', async () => {
    expiresIn = 50_000;
    await client.getToken('github', 'c1');
    expect(await client.getToken('github', 'c1')).toBe('token-2');
});

test('nothing is kept unless it was asked for', async () => {
    const plain = new Connections({ apiKey: 'key-1', host: client.serverUrl });
    await plain.getToken('github', 'c1');
    await plain.getToken('github', 'c1');
    expect(asked).toHaveLength(2);
});

test('a cache that would keep tokens too long is refused', () => {
    for (const maxAge of [300_001, 0, Number.NaN])
        expect(() => new Connections({ apiKey: 'key-1', tokenCache: { maxAge } })).toThrow('tokenCache.maxAge');
});

test('a store that hangs while it forgets is waited for within the limits of the call', async () => {
    const forgetting = { hangs: () => {} };
    const store = {
        get: () => undefined,
        set: () => {},
        delete: () => {
            forgetting.hangs();
            return new Promise<void>(() => {});
        },
    };
    const options = { apiKey: client.apiKey, host: client.serverUrl, tokenCache: { store, storeTimeout: 2_000_000 } };
    const nango = new Connections(options);
    const changes: ((signal: AbortSignal) => Promise<unknown>)[] = [
        (signal) => nango.deleteConnection('github', 'c1', { signal }),
        (signal) => nango.setMetadata('github', ['c1', 'c2'], {}, { signal }),
        (signal) => nango.updateMetadata('github', 'c1', {}, { signal }),
        (signal) => nango.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { tags: {} }, { signal }),
        (signal) => nango.importConnection({ provider_config_key: 'github', credentials: { type: 'NONE' } }, { signal }),
    ];
    for (const change of changes) {
        const stop = new AbortController();
        forgetting.hangs = () => stop.abort();
        // It was changed by then.
        await expect(change(stop.signal)).resolves.toBeDefined();
    }
    forgetting.hangs = () => {};
    await nango.deleteConnection('github', 'c1', { totalTimeout: 2_000 });
    await new Connections({ ...options, totalTimeout: 2_000 }).deleteConnection('github', 'c1');
});
