import { expect, test } from 'vitest';
import { code, proxyScene } from '../../test/support/proxy-scene.js';

const scene = proxyScene();
const { integration, proxy } = scene;

test('injects the credentials and sends path, query and encoding on unchanged', async () => {
    await proxy('/a%2Fb//c?x=1&x=2&q=%20+');
    expect(scene.seen[0]).toMatchObject({ method: 'GET', url: '/a%2Fb//c?x=1&x=2&q=%20+' });
    expect(scene.seen[0]?.headers.authorization).toBe('Bearer the-key');
});

test('only Nango-Proxy headers reach the provider; they win over the injected ones', async () => {
    await proxy('/', {}, { 'x-own': '1', 'Nango-Proxy-X-Custom': '2', 'nango-proxy-authorization': 'mine' });
    expect(scene.seen[0]?.headers).toMatchObject({ 'x-custom': '2', authorization: 'mine' });
    expect(Object.keys(scene.seen[0]?.headers ?? {}).sort()).toEqual([
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'host',
        'user-agent',
        'x-custom',
    ]);
});

test('headers of one hop are not forwarded', async () => {
    const headers = {
        'nango-proxy-transfer-encoding': 'chunked',
        'nango-proxy-content-length': '99',
        'nango-proxy-connection': 'upgrade',
    };
    const response = await proxy('/', { method: 'POST', body: 'x' }, { ...headers, 'content-type': 'text/plain' });
    expect([response.status, scene.seen[0]?.body.toString()]).toEqual([200, 'x']);
});

test('basic credentials go out as basic authentication', async () => {
    await integration('basic', 'private-api-basic', { type: 'BASIC', username: 'u', password: 'p' });
    await proxy('/', {}, {}, 'basic');
    expect(scene.seen[0]?.headers.authorization).toBe(`Basic ${btoa('u:p')}`);
});

test('OAuth 1 requests are signed', async () => {
    const client = { type: 'OAUTH1', client_id: 'ci', client_secret: 'cs' };
    await integration('trello', 'trello', { type: 'OAUTH1', oauth_token: 't', oauth_token_secret: 's' }, { credentials: client });
    await proxy('/1/boards', {}, {}, 'trello');
    expect(scene.seen[0]?.headers.authorization).toMatch(/^OAuth oauth_consumer_key="ci".*oauth_signature="/);
});

test.each(['HEAD', 'PROPFIND', 'REPORT'])('%s reaches the provider as it is', async (method) => {
    const response = await proxy('/x', { method });
    expect([response.status, scene.seen[0]?.method, scene.seen[0]?.headers.authorization]).toEqual([
        200,
        method,
        'Bearer the-key',
    ]);
});

test.each(['http://127.0.0.1:1', 'http://localhost:9', 'http://[::1]:9', 'http://169.254.169.254', 'https://api.github.com'])(
    '%s is refused unless it is listed',
    async (target) => {
        const response = await proxy('/', {}, { 'base-url-override': target });
        expect([response.status, await code(response)]).toEqual([400, 'base_url_override_not_allowed']);
        expect(scene.seen).toHaveLength(0);
    },
);

test('reports the headers that are missing, the integration first', async () => {
    const response = await fetch(`${scene.emulator.url}/proxy/x`, {
        headers: { authorization: `Bearer ${scene.emulator.apiKey}` },
    });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; errors: { path: string[] }[] } };
    expect(error.code).toBe('invalid_headers');
    expect(error.errors.map(({ path }) => path)).toEqual([['provider-config-key'], ['connection-id']]);
});

test.each([
    [{ 'provider-config-key': 'none' }, 404, 'unknown_provider_config'],
    [{ 'connection-id': 'none' }, 400, 'server_error'],
    [{ retries: 'many' }, 400, 'invalid_headers'],
    [{ 'retry-on': '4xx' }, 400, 'invalid_headers'],
    [{ decompress: 'yes' }, 400, 'invalid_headers'],
    [{ 'base-url-override': 'nowhere' }, 400, 'invalid_headers'],
])('%j → %i %s', async (headers: Record<string, string>, status, expected) => {
    const response = await proxy('/', {}, headers);
    expect([response.status, await code(response)]).toEqual([status, expected]);
});

test('an empty Base-Url-Override counts as absent', async () => {
    const response = await proxy('/', {}, { 'base-url-override': '' });
    expect(await code(response)).toBe('base_url_override_not_allowed');
});

test('a malformed JSON body is refused before the key', async () => {
    const init = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
    expect(await code(await fetch(`${scene.emulator.url}/proxy/x`, init))).toBe('invalid_json');
});

test('pages of other origins are refused', async () => {
    const response = await proxy('/', {}, { origin: 'https://evil.example' });
    expect([response.status, await code(response)]).toEqual([403, 'forbidden']);
    expect(scene.seen).toHaveLength(0);
});
