import { describe, expect, test } from 'vitest';
import { defaultAccountKey } from '../src/index.js';
import { setScene } from './support/scene.js';

const { call, emulator } = setScene();
const unknown = '99999999-9999-4999-8999-999999999999';

describe('401', () => {
    test.each([
        ['no header', null, 'missing_auth_header'],
        ['not a UUID', 'Bearer nope', 'invalid_secret_key_format'],
        ['a UUID of another version', 'Bearer 99999999-9999-1999-8999-999999999999', 'invalid_secret_key_format'],
        ['nobody’s key', `Bearer ${unknown}`, 'unknown_account'],
        ['a sandbox key', 'Bearer nango_sbx_v1_abc', 'unknown_account'],
        ['scheme in lower case', `bearer ${emulator.apiKey}`, 'invalid_secret_key_format'],
        ['another scheme', `Basic ${emulator.apiKey}`, 'invalid_secret_key_format'],
        [
            'a session token where a key is asked for',
            `Bearer nango_connect_session_${'a'.repeat(64)}`,
            'invalid_secret_key_format',
        ],
    ])('%s → %s %s', async (_, authorization, code) => {
        const answer = await call('GET', '/connections', {
            key: null,
            headers: authorization ? { Authorization: authorization } : {},
        });
        expect(answer.status).toBe(401);
        expect(answer.body).toEqual({ error: { code, message: expect.any(String), payload: {} } });
    });

    test('a bare key without a scheme works; one in upper case is unknown', async () => {
        const list = (Authorization: string) => call('GET', '/connections', { key: null, headers: { Authorization } });
        expect((await list(emulator.apiKey)).status).toBe(200);
        const upper = await list(emulator.apiKey.toUpperCase());
        expect([upper.status, upper.body.error.code]).toEqual([401, 'unknown_account']);
    });

    test('Nango-Is-Script looks the key up among script secrets only', async () => {
        const script = '33333333-3333-4333-8333-333333333333';
        const headers = { 'Nango-Is-Script': 'true' };
        expect((await call('GET', '/connections', { headers })).body.error.code).toBe('unknown_account');
        expect((await call('GET', '/connections', { key: script })).body.error.code).toBe('unknown_account');
        expect((await call('GET', '/connections', { key: script, headers })).status).toBe(200);
        expect((await call('GET', '/connections', { headers: { 'Nango-Is-Script': 'false' } })).status).toBe(200);
    });

    test.each([
        ['/connect/session', 'nango_connect_session_short', 'invalid_connect_session_token_format'],
        ['/connect/session', unknown, 'invalid_connect_session_token_format'],
        ['/connect/session', `nango_connect_session_${'a'.repeat(64)}`, 'unknown_connect_session_token'],
        ['/integrations', 'nango_connect_session_short', 'invalid_connect_session_token_format'],
        ['/providers', `nango_connect_session_${'a'.repeat(64)}`, 'unknown_connect_session_token'],
    ])('%s with the session token %s → %s', async (path, key, code) => {
        const answer = await call('GET', path, { key });
        expect([answer.status, answer.body.error.code]).toEqual([401, code]);
    });
});

describe('403', () => {
    test('an account key calls no environment route', async () => {
        for (const path of ['/connections', '/providers', '/integrations']) {
            const answer = await call('GET', path, { key: defaultAccountKey });
            expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden']);
        }
    });

    test('an environment key manages no environments', async () => {
        const answer = await call('POST', '/environments', { body: { name: 'qa' } });
        expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden']);
    });

    test('the message names the scope, or all alternatives', async () => {
        const key = '22222222-2222-4222-8222-222222222222';
        expect((await call('GET', '/records?model=A', { key })).body.error.message).toContain('environment:records:read');
        const { message } = (await call('GET', '/connections', { key })).body.error;
        expect(message).toContain('environment:connections:list');
        expect(message).toContain('environment:connections:list_credentials');
        // No scope is needed for the catalogue, a key of an environment is.
        expect((await call('GET', '/providers', { key })).status).toBe(200);
    });

    test('without the credential scope a connection comes without credentials, and refreshing it is refused', async () => {
        const key = '11111111-1111-4111-8111-111111111111';
        const answer = await call('GET', '/connections/octo?provider_config_key=github&force_refresh=false', { key });
        expect(answer.body.credentials).toEqual({});
        for (const flag of ['force_refresh', 'refresh_token', 'refresh_github_app_jwt_token']) {
            const refused = await call('GET', `/connections/octo?provider_config_key=github&${flag}=true`, { key });
            expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
        }
    });

    test('without the credential scope an integration comes without credentials', async () => {
        const { secret } = await emulator.control.key({ scopes: ['environment:integrations:read'] });
        const answer = await call('GET', '/integrations/github?include=credentials', { key: secret });
        expect(answer.status).toBe(200);
        expect(answer.body.data).not.toHaveProperty('credentials');
    });

    test('a scope that ends in a star covers what is below it', async () => {
        const { secret } = await emulator.control.key({ scopes: ['environment:connections:*'] });
        expect((await call('GET', '/connections', { key: secret })).status).toBe(200);
        expect((await call('GET', '/integrations', { key: secret })).status).toBe(403);
    });
});

describe('account keys', () => {
    test('make environments whose keys see nothing of the others', async () => {
        const account = { key: defaultAccountKey };
        const made = await call('POST', '/environments', { ...account, body: { name: 'qa' } });
        expect(made.body.data).toEqual({ id: expect.any(Number), name: 'qa' });
        const { id } = made.body.data;
        const key = await call('POST', '/environment/api-keys', { ...account, body: { environment_id: id, display_name: 'ci' } });
        expect(key.body.data).toMatchObject({ display_name: 'ci', scopes: ['environment:*'] });
        const { secret } = key.body.data;
        expect((await call('GET', '/integrations', { key: secret })).body).toEqual({ data: [] });
        const removed = await call('DELETE', '/environment/api-keys', {
            ...account,
            body: { environment_id: id, key_id: key.body.data.id },
        });
        expect(removed.body).toEqual({ success: true });
        expect((await call('GET', '/integrations', { key: secret })).status).toBe(401);
        expect((await call('DELETE', `/environments/${id}`, account)).status).toBe(204);
        expect((await call('DELETE', `/environments/${id}`, account)).body.error.code).toBe('not_found');
        expect((await call('DELETE', '/environments/1', account)).body.error.code).toBe('cannot_delete_prod_environment');
    });
});
