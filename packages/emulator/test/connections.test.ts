import { beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../src/index.js';
import { type Call, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
beforeEach(() => {
    ({ call, emulator } = setScene());
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('list', () => {
    test('has a fixed shape, newest first, without credentials', async () => {
        const { connections } = (await call('GET', '/connections?integrationId=github, none')).body;
        expect(connections).toHaveLength(2);
        expect(connections[1]).toEqual({
            id: expect.any(Number),
            connection_id: 'octo',
            provider_config_key: 'github',
            provider: 'github',
            errors: [],
            end_user: {
                id: 'user-1',
                email: 'octo@example.com',
                display_name: 'Octo Cat',
                tags: null,
                organization: { id: 'org-1', display_name: 'Octo Org' },
            },
            tags: {
                end_user_id: 'user-1',
                end_user_email: 'octo@example.com',
                end_user_display_name: 'Octo Cat',
                organization_id: 'org-1',
                organization_display_name: 'Octo Org',
                team: 'blue',
            },
            metadata: { plan: 'pro' },
            created: '2026-03-01T12:00:00.000+00:00',
        });
    });

    test.each([
        ['connectionId=octo', ['octo']],
        ['connectionId=OCTO', []],
        ['search=OCT', ['octo']],
        ['search=example.com', ['octo']],
        ['endUserId=user-1', ['octo']],
        ['endUserOrganizationId=org-1', ['octo']],
        ['endUserOrganizationId=org-2', []],
        ['tags[TEAM]=blue&tags[end_user_id]=user-1', ['octo']],
        ['tags[team]=blue&tags[end_user_id]=user-2', []],
        ['limit=2', ['n1', 'b1']],
        ['limit=2&page=1', ['k1', 'octo']],
        ['limit=2&page=2', []],
    ])('%s', async (query, ids) => {
        const { connections } = (await call('GET', `/connections?${query}`)).body;
        expect(connections.map((row: { connection_id: string }) => row.connection_id)).toEqual(ids);
        expect((await call('GET', `/connection?${query}`)).body).toEqual({ connections });
    });

    test.each([
        ['limit=0', 'limit', 'too_small'],
        ['limit=2001', 'limit', 'too_big'],
        ['limit=many', 'limit', 'invalid_type'],
        ['page=-1', 'page', 'too_small'],
        ['connectionId=', 'connectionId', 'too_small'],
        ['integrationId=', 'integrationId', 'too_small'],
        ['tags[1a]=x', 'tags.1a', 'invalid_key'],
        ['tags[a]=', 'tags.a', 'too_small'],
        ['tags=x', 'tags', 'invalid_type'],
    ])('%s is refused at %s with %s', async (query, path, code) => {
        const answer = await call('GET', `/connections?${query}`);
        expect(answer.body.error).toMatchObject({ code: 'invalid_query_params', errors: [{ code, path: path.split('.') }] });
    });
});

describe('get', () => {
    test('has a fixed shape; refresh tokens are left out at any depth unless asked for', async () => {
        const answer = await call('GET', '/connections/octo?provider_config_key=github');
        expect(answer.body).toEqual({
            id: expect.any(Number),
            connection_id: 'octo',
            provider_config_key: 'github',
            provider: 'github',
            errors: [],
            end_user: expect.any(Object),
            tags: expect.any(Object),
            metadata: { plan: 'pro' },
            connection_config: {},
            webhook_url_override: null,
            created_at: '2026-03-01T12:00:00.000+00:00',
            updated_at: '2026-03-01T12:00:00.000+00:00',
            last_fetched_at: '2026-03-01T12:00:00.000+00:00',
            credentials: { type: 'OAUTH2', access_token: 'gho_access', raw: { type: 'OAUTH2', access_token: 'gho_access' } },
        });
        const full = await call('GET', '/connections/octo?provider_config_key=github&refresh_token=YES');
        expect(full.body.credentials).toMatchObject({ refresh_token: 'ghr_refresh', raw: { refresh_token: 'ghr_refresh' } });
        expect((await call('GET', '/connection/octo?provider_config_key=github')).body).toEqual(answer.body);
    });

    test.each([
        ['/connections/octo', 400, 'invalid_query_params', 'invalid_type'],
        ['/connections/octo?provider_config_key=a%2Fb', 400, 'invalid_query_params', 'invalid_format'],
        ['/connections/octo?provider_config_key=github&force_refresh=maybe', 400, 'invalid_query_params', 'invalid_value'],
        ['/connections/octo?provider_config_key=github&force_refresh=', 400, 'invalid_query_params', 'invalid_value'],
        ['/connections/octo?provider_config_key=github&x=1', 400, 'invalid_query_params', 'unrecognized_keys'],
        ['/connections/octo?provider_config_key=nope', 400, 'unknown_provider_config', undefined],
        ['/connections/nobody?provider_config_key=github', 404, 'not_found', undefined],
    ])('%s → %d %s', async (path, status, code, issue) => {
        const answer = await call('GET', path);
        expect([answer.status, answer.body.error.code, answer.body.error.errors?.[0].code]).toEqual([status, code, issue]);
    });
});

describe('import', () => {
    const body = { provider_config_key: 'key-api', credentials: { type: 'API_KEY', apiKey: 'k' } };

    test('answers 201 with the connection, dates in Z and metadata {}', async () => {
        const answer = await call('POST', '/connections', { body });
        expect(answer.status).toBe(201);
        expect(answer.body).toMatchObject({
            connection_id: expect.stringMatching(uuid),
            metadata: {},
            tags: {},
            end_user: null,
            connection_config: {},
            created_at: '2026-03-01T12:00:00.000Z',
            last_fetched_at: '2026-03-01T12:00:00.000Z',
            credentials: { type: 'API_KEY', apiKey: 'k' },
        });
    });

    test('without credentials to fetch nothing was fetched', async () => {
        const answer = await call('POST', '/connections', {
            body: { provider_config_key: 'none', credentials: { type: 'NONE' } },
        });
        expect(answer.body).toMatchObject({ last_fetched_at: null, credentials: {} });
    });

    test('OAuth2 keeps what was imported once more in raw', async () => {
        const answer = await call('POST', '/connections', {
            body: {
                provider_config_key: 'github',
                connection_id: 'o2',
                credentials: { type: 'OAUTH2', access_token: 'a', expires_at: '2030-01-01' },
            },
        });
        expect(answer.body.credentials).toEqual({
            type: 'OAUTH2',
            access_token: 'a',
            expires_at: '2030-01-01T00:00:00.000Z',
            raw: { type: 'OAUTH2', access_token: 'a', expires_at: '2030-01-01T00:00:00.000Z' },
        });
    });

    test('the same id again replaces metadata, credentials and tags; the end user stays', async () => {
        const again = await call('POST', '/connections', {
            body: { provider_config_key: 'github', connection_id: 'octo', credentials: { type: 'OAUTH2', access_token: 'new' } },
        });
        expect(again.status).toBe(201);
        expect(again.body).toMatchObject({
            metadata: {},
            tags: {},
            end_user: { id: 'user-1' },
            credentials: { access_token: 'new' },
        });
        expect((await call('GET', '/connections?connectionId=octo')).body.connections).toHaveLength(1);
    });

    test('explicit tags win over those made from the end user, whose own are dropped when there would be more than ten', async () => {
        const import_ = async (end_user: object, tags: object) =>
            (await call('POST', '/connections', { body: { ...body, end_user, tags } })).body.tags;
        const user = { id: 'u', email: 'u@example.com', display_name: '' };
        expect(await import_({ ...user, tags: { A: '1' } }, { end_user_email: 'other@example.com' })).toEqual({
            a: '1',
            end_user_id: 'u',
            end_user_email: 'other@example.com',
        });
        const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, 'x']));
        expect(await import_({ ...user, tags: many }, {})).toEqual({ end_user_id: 'u', end_user_email: 'u@example.com' });
    });

    test('an id of more than 255 characters fails inside the server', async () => {
        const answer = await call('POST', '/connections', { body: { ...body, connection_id: 'a'.repeat(256) } });
        expect(answer.status).toBe(500);
        expect(answer.body.error).toEqual({
            code: 'generic_error_support',
            message: expect.any(String),
            payload: expect.any(String),
        });
    });

    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
    test.each([
        ['unknown type', { credentials: { type: 'JWT' } }, 'invalid_union', ['credentials', 'type']],
        ['no credentials', { credentials: undefined }, 'invalid_type', ['credentials']],
        ['empty key', { credentials: { type: 'API_KEY', apiKey: '' } }, 'too_small', ['credentials', 'apiKey']],
        ['long key', { credentials: { type: 'API_KEY', apiKey: 'k'.repeat(1025) } }, 'too_big', ['credentials', 'apiKey']],
        ['extra credential', { credentials: { type: 'API_KEY', apiKey: 'k', x: 1 } }, 'unrecognized_keys', ['credentials']],
        ['metadata that is a list', { metadata: [] }, 'invalid_type', ['metadata']],
        ['bad tag key', { tags: { '1a': 'x' } }, 'invalid_key', ['tags', '1a']],
        ['empty tag', { tags: { a: '' } }, 'too_small', ['tags', 'a']],
        ['long tag', { tags: { a: 'x'.repeat(256) } }, 'too_big', ['tags', 'a']],
        ['too many tags', { tags: tags(11) }, 'custom', ['tags']],
        ['tags that differ in case', { tags: { a: '1', A: '2' } }, 'custom', ['tags']],
        ['end user without an id', { end_user: {} }, 'invalid_type', ['end_user', 'id']],
        ['end user with more', { end_user: { id: '1', x: 1 } }, 'unrecognized_keys', ['end_user']],
        ['webhook address of Nango', { webhook_url_override: 'https://api.nango.dev/x' }, 'custom', ['webhook_url_override']],
        ['unknown field', { x: 1 }, 'unrecognized_keys', []],
    ])('%s', async (_, change, code, path) => {
        const answer = await call('POST', '/connections', { body: { ...body, ...change } });
        expect(answer.status).toBe(400);
        expect(answer.body.error).toMatchObject({ code: 'invalid_body', errors: [{ path }] });
        expect(answer.body.error.errors.map((issue: { code: string }) => issue.code)).toContain(code);
        expect(answer.body.error).not.toHaveProperty('message');
    });

    test('a bad, short email has two issues; as a tag it is one of the tags', async () => {
        const issues = async (field: object) => {
            const answer = await call('POST', '/connections', { body: { ...body, ...field } });
            return answer.body.error.errors.map((issue: { code: string; path: string[] }) => [issue.code, ...issue.path]);
        };
        expect(await issues({ end_user: { id: '1', email: 'a' } })).toEqual([
            ['invalid_format', 'end_user', 'email'],
            ['too_small', 'end_user', 'email'],
        ]);
        expect(await issues({ tags: { end_user_email: 'a' } })).toEqual([['custom', 'tags']]);
    });

    test('an unknown integration is 404, another type of credentials 400', async () => {
        expect((await call('POST', '/connections', { body: { ...body, provider_config_key: 'nope' } })).body.error.code).toBe(
            'not_found',
        );
        const mismatch = await call('POST', '/connections', { body: { ...body, provider_config_key: 'github' } });
        expect(mismatch.body.error).toEqual({ code: 'invalid_body', message: expect.any(String) });
    });

    test('a cap on connections', async () => {
        await emulator.control.settings({ plan: { connections: 4 } });
        expect((await call('POST', '/connections', { body })).body.error.code).toBe('resource_capped');
    });
});

describe('patch', () => {
    const path = '/connections/octo?provider_config_key=github';
    const tagsNow = async () => (await call('GET', path)).body.tags;

    test('tags are replaced, not merged, and {} clears them', async () => {
        expect((await call('PATCH', path, { body: { tags: { Plan: 'free' } } })).body).toEqual({ success: true });
        expect(await tagsNow()).toEqual({ plan: 'free' });
        await call('PATCH', path, { body: { tags: {} } });
        expect(await tagsNow()).toEqual({});
    });

    test('an end user replaces the tags that were made from the old one', async () => {
        await call('PATCH', path, { body: { end_user: { id: 'u2', tags: { Tier: 'gold' } }, tags: { team: 'red' } } });
        expect(await tagsNow()).toEqual({ tier: 'gold', end_user_id: 'u2', team: 'red' });
    });

    test('the webhook address is set and cleared', async () => {
        await call('PATCH', path, { body: { webhook_url_override: 'https://example.com/hook' } });
        expect((await call('GET', path)).body.webhook_url_override).toBe('https://example.com/hook');
        await call('PATCH', path, { body: { webhook_url_override: '' } });
        expect((await call('GET', path)).body.webhook_url_override).toBeNull();
    });

    test('unknown connection, unknown integration, unknown field', async () => {
        expect((await call('PATCH', '/connections/x?provider_config_key=github', { body: {} })).body.error.code).toBe(
            'not_found',
        );
        expect((await call('PATCH', '/connections/x?provider_config_key=x', { body: {} })).body.error.code).toBe(
            'unknown_provider_config',
        );
        expect((await call('PATCH', path, { body: { x: 1 } })).body.error.code).toBe('invalid_body');
    });
});

describe('delete', () => {
    test('is 400 for an unknown connection or integration, with the code alone', async () => {
        for (const path of [
            '/connections/x?provider_config_key=github',
            '/connections/x?provider_config_key=x',
            '/connection/x?provider_config_key=x',
        ]) {
            const answer = await call('DELETE', path);
            expect([answer.status, answer.body]).toEqual([400, { error: { code: 'unknown_connection' } }]);
        }
        expect((await call('DELETE', '/connections/octo?provider_config_key=github')).body).toEqual({ success: true });
        expect((await call('GET', '/connections/octo?provider_config_key=github')).status).toBe(404);
    });

    test('the path is checked before the query', async () => {
        const answer = await call('DELETE', `/connections/${encodeURIComponent('ä')}`);
        expect(answer.body.error.code).toBe('invalid_uri_params');
    });
});

describe('metadata', () => {
    const metadataOf = async (id: string) => (await call('GET', `/connections/${id}?provider_config_key=github`)).body.metadata;

    test.each(['/connections/metadata', '/connection/metadata'])('%s: POST replaces, PATCH merges at the top', async (path) => {
        const body = { connection_id: 'octo', provider_config_key: 'github', metadata: { a: { b: 1 } } };
        const set = await call('POST', path, { body });
        expect([set.status, set.body]).toEqual([201, body]);
        const patch = { ...body, metadata: { a: { c: 2 }, d: 3 } };
        const merged = await call('PATCH', path, { body: patch });
        expect([merged.status, merged.body]).toEqual([200, patch]);
        expect(await metadataOf('octo')).toEqual({ a: { c: 2 }, d: 3 });
    });

    test('one unknown id among several changes none', async () => {
        const body = { connection_id: ['octo', 'ghost'], provider_config_key: 'github', metadata: { x: 1 } };
        for (const method of ['POST', 'PATCH']) {
            const answer = await call(method, '/connections/metadata', { body });
            expect([answer.status, answer.body.error.code]).toEqual([404, 'unknown_connection']);
        }
        expect(await metadataOf('octo')).toEqual({ plan: 'pro' });
    });

    test.each([
        ['no id', { connection_id: undefined }, 'invalid_union', ['connection_id']],
        ['metadata that is a list', { metadata: [] }, 'invalid_type', ['metadata']],
        ['unknown field', { x: 1 }, 'unrecognized_keys', []],
    ])('%s', async (_, change, code, path) => {
        const body = { connection_id: 'octo', provider_config_key: 'github', metadata: {}, ...change };
        expect((await call('POST', '/connections/metadata', { body })).body.error).toMatchObject({
            code: 'invalid_body',
            errors: [{ code, path }],
        });
    });

    test('an empty list of ids is echoed; an unknown integration is an unknown connection', async () => {
        const body = { connection_id: [], provider_config_key: 'github', metadata: {} };
        expect((await call('POST', '/connections/metadata', { body })).status).toBe(201);
        const unknown = await call('POST', '/connections/metadata', {
            body: { ...body, connection_id: 'octo', provider_config_key: 'x' },
        });
        expect([unknown.status, unknown.body.error.code]).toEqual([404, 'unknown_connection']);
    });

    test('the deprecated form takes the metadata itself', async () => {
        const headers = { 'Provider-Config-Key': 'github' };
        const set = await call('POST', '/connection/octo/metadata', { body: { a: 1 }, headers });
        expect([set.status, set.body]).toEqual([201, { a: 1 }]);
        expect((await call('PATCH', '/connection/octo/metadata?provider_config_key=github', { body: { b: 2 } })).status).toBe(
            200,
        );
        expect(await metadataOf('octo')).toEqual({ a: 1, b: 2 });
        expect((await call('POST', '/connection/x/metadata', { body: {}, headers })).body.error.code).toBe('unknown_connection');
    });
});

describe('flat import', () => {
    test.each([
        ['key-api', { api_key: 'k' }, { type: 'API_KEY', apiKey: 'k' }],
        ['basic-api', { username: 'u' }, { type: 'BASIC', username: 'u', password: '' }],
        ['github', { access_token: 'a', no_expiration: true }, { type: 'OAUTH2', access_token: 'a' }],
        ['github', { access_token: 'a', expires_in: 3600 }, { expires_at: '2026-03-01T13:00:00.000Z' }],
        ['none', {}, {}],
    ])('%s %o', async (key, fields, credentials) => {
        const body = { provider_config_key: key, connection_id: 'flat', ...fields };
        const answer = await call('POST', '/connection', { body });
        expect([answer.status, answer.body]).toEqual([201, body]);
        const read = await call('GET', `/connections/flat?provider_config_key=${key}`);
        expect(read.body.credentials).toMatchObject(credentials);
    });

    test.each([
        [{}, 400, 'missing_provider_config'],
        [{ provider_config_key: 'x' }, 400, 'unknown_provider_config'],
        [{ provider_config_key: 'github' }, 400, 'missing_access_token'],
        [{ provider_config_key: 'github', access_token: 'a' }, 400, 'missing_expires_at'],
        [{ provider_config_key: 'github', access_token: 'a', expires_at: 'soon' }, 400, 'missing_expires_at'],
        [{ provider_config_key: 'basic-api' }, 400, 'missing_basic_username'],
        [{ provider_config_key: 'key-api' }, 400, 'missing_api_key'],
    ])('%o → %d %s', async (body, status, code) => {
        const answer = await call('POST', '/connection', { body });
        expect(answer.status).toBe(status);
        expect(answer.body).toEqual({ error: { code, message: expect.any(String), payload: {} } });
    });
});
