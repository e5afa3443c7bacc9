import { describe, expect, test } from 'vitest';
import { setScene } from './support/scene.js';

describe('order of checks', () => {
    const { call } = setScene();
    const limits = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

    test('a body that is not JSON is refused before the key is looked at, and so is a scalar', async () => {
        for (const body of ['{', '1', '"a"', 'null', 'true', ' ', '{"a":1}}']) {
            const answer = await call('POST', '/integrations', { body, key: null });
            expect([answer.status, answer.body.error.code], body).toEqual([400, 'invalid_json']);
            expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
        }
    });

    test('a type that is not JSON is refused before the key is looked at', async () => {
        for (const path of ['/connections', '/records', '/sync/status', '/v1/x', '/connect/session', '/providers/github']) {
            const answer = await call('GET', path, { headers: { 'Content-Type': 'text/plain' }, key: null });
            expect([answer.status, answer.body.error.code], path).toEqual([415, 'invalid_content_type']);
        }
    });

    test('a type that begins like JSON passes the gate, and is not parsed', async () => {
        const answer = await call('POST', '/integrations', {
            body: '{"provider":"github"}',
            headers: { 'Content-Type': 'application/jsonx' },
        });
        expect(answer.body.error).toMatchObject({ code: 'invalid_body', errors: [{ code: 'invalid_type', path: [] }] });
    });

    test('no gate where the contract has none', async () => {
        const answer = await call('GET', '/config/github', { headers: { 'Content-Type': 'text/plain' } });
        expect(answer.status).toBe(200);
    });

    test('the rate limit is counted before the scope and the validation, and shown on every answer after authentication', async () => {
        const forbidden = await call('GET', '/connections', { key: '22222222-2222-4222-8222-222222222222' });
        expect(forbidden.status).toBe(403);
        const invalid = await call('GET', '/connections?nope=1');
        expect(invalid.status).toBe(400);
        const missing = await call('GET', '/connections/nobody?provider_config_key=github');
        expect(missing.status).toBe(404);
        for (const { headers } of [forbidden, invalid, missing])
            for (const name of limits) expect(headers.get(name)).toMatch(/^\d+$/);
        const unauthenticated = await call('GET', '/connections', { key: null });
        expect(unauthenticated.status).toBe(401);
        for (const name of limits) expect(unauthenticated.headers.get(name)).toBeNull();
    });

    test('the scope is checked before the request', async () => {
        const answer = await call('POST', '/integrations', {
            body: { nonsense: 1 },
            key: '22222222-2222-4222-8222-222222222222',
        });
        expect(answer.body).toEqual({
            error: { code: 'forbidden', message: expect.stringContaining('environment:integrations:create') },
        });
    });

    test('only the first group that fails is reported, with all of its issues', async () => {
        const answer = await call('POST', '/integrations?x=1', { body: {} });
        expect(answer.body.error).toEqual({
            code: 'invalid_query_params',
            errors: [{ code: 'unrecognized_keys', message: expect.any(String), path: [] }],
        });
        const body = await call('POST', '/integrations', { body: {} });
        expect(body.body.error.errors.map((issue: { path: string[] }) => issue.path)).toEqual([['provider'], ['unique_key']]);
        expect(body.body.error.message).toBeUndefined();
    });
});

describe('paths and queries', () => {
    const { call } = setScene();

    test('a trailing slash is tolerated', async () => {
        expect((await call('GET', '/connections/?limit=1')).body.connections).toHaveLength(1);
    });

    test('percent-encoded ids come out as they were, slashes included', async () => {
        for (const id of ['a/b', 'x y', '100;%41'.replace('%41', '$'), 'ä'.normalize()]) {
            const created = await call('POST', '/connections', {
                body: { provider_config_key: 'none', connection_id: id, credentials: { type: 'NONE' } },
            });
            expect(created.status).toBe(201);
        }
        const slash = await call('GET', '/connections/a%2Fb?provider_config_key=none');
        expect(slash.body.connection_id).toBe('a/b');
        // Outside of the charset it can be imported, but not fetched (contract 8.5).
        const umlaut = await call('GET', `/connections/${encodeURIComponent('ä')}?provider_config_key=none`);
        expect(umlaut.body.error).toMatchObject({
            code: 'invalid_uri_params',
            errors: [{ path: ['connectionId'], code: 'invalid_format' }],
        });
    });

    test('repeated keys are arrays, brackets are objects', async () => {
        const include = await call('GET', '/integrations/github?include=webhook&include=credentials');
        expect(include.body.data).toHaveProperty('webhook_url');
        expect(include.body.data).toHaveProperty('credentials');
        const comma = await call('GET', '/integrations/github?include=webhook,credentials');
        expect(comma.body.error.errors).toMatchObject([{ code: 'invalid_union', path: ['include'] }]);
        const tags = await call('GET', '/connections?tags[TEAM]=blue');
        expect(tags.body.connections).toMatchObject([{ connection_id: 'octo' }]);
        const repeated = await call('GET', '/sync/status?syncs=a&syncs=b&provider_config_key=github');
        expect(repeated.body.error).toMatchObject({
            code: 'invalid_query_params',
            errors: [{ code: 'invalid_type', path: ['syncs'] }],
        });
    });

    test('more than a hundred repeats are no array any more', async () => {
        const ids = (count: number) => Array.from({ length: count }, (_, index) => `ids=${index}`).join('&');
        const headers = { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' };
        expect((await call('GET', `/records?model=Issue&${ids(100)}`, { headers })).status).toBe(200);
        const answer = await call('GET', `/records?model=Issue&${ids(101)}`, { headers });
        expect(answer.body.error).toMatchObject({ code: 'invalid_query_params', errors: [{ path: ['ids'] }] });
    });

    test('an unknown GET is the page of the dashboard, anything else Express’s own 404', async () => {
        const get = await call('GET', '/connections/a/b/c', { key: null });
        expect([get.status, get.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        const post = await call('POST', '/nowhere/<b>', { key: null });
        expect([post.status, post.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
        expect(post.text).toContain('<pre>Cannot POST /nowhere/');
        expect(post.text).not.toContain('<b>');
        expect((await call('PUT', '/connections', { key: null, body: {} })).status).toBe(404);
    });

    test('malformed percent-encoding is refused and nothing hangs', async () => {
        const answer = await call('GET', '/connections/%zz?provider_config_key=github');
        expect(answer.status).toBe(400);
    });

    test('HEAD is answered like GET without a body', async () => {
        const answer = await call('HEAD', '/connections');
        expect([answer.status, answer.text]).toEqual([200, '']);
        expect((await call('HEAD', '/no/such/page', { key: null })).status).toBe(200);
        expect((await call('HEAD', '/connections/nobody?provider_config_key=github')).status).toBe(404);
    });
});

describe('CORS', () => {
    const { call } = setScene();

    test('a preflight is answered for any origin', async () => {
        const answer = await call('OPTIONS', '/connections', {
            key: null,
            headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'GET' },
        });
        expect(answer.status).toBe(204);
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        expect(answer.headers.get('access-control-max-age')).toBe('600');
        expect(answer.headers.get('access-control-allow-headers')).toContain('Provider-Config-Key');
    });

    test('answers may be read by any page, with the rate-limit headers', async () => {
        const answer = await call('GET', '/connections');
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        expect(answer.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Reset');
    });

    test('the control surface and the proxy are refused to foreign pages', async () => {
        for (const path of ['/_emulator/snapshot', '/proxy/user', '/_emulator/requests']) {
            for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
                const answer = await call('GET', path, { headers: headers as Record<string, string> });
                expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden']);
                if (path.startsWith('/_emulator')) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
            }
        }
        const own = await call('GET', '/_emulator/clock', { headers: { Origin: 'http://localhost:3003' } });
        expect(own.status).toBe(200);
    });
});
