import { describe, expect, test } from 'vitest';
import { type Answer, connectScene, start } from '../../test/support/connect-scene.js';

const scene = connectScene();
const { api, call, connection, form, session } = scene;

describe('every form', () => {
    test.each([
        ['API_KEY', '/api-auth/api-key/private-api-bearer', { apiKey: 'k' }, { type: 'API_KEY', apiKey: 'k' }],
        [
            'BASIC',
            '/api-auth/basic/private-api-basic',
            { username: 'u', password: '' },
            { type: 'BASIC', username: 'u', password: '' },
        ],
        ['NONE', '/auth/unauthenticated/unauthenticated', undefined, {}],
        [
            'JWT',
            '/auth/jwt/ghost-admin',
            { type: 'JWT', privateKey: 'a:b' },
            { type: 'JWT', privateKey: 'a:b', token: expect.any(String) },
        ],
        [
            'TWO_STEP',
            '/auth/two-step/jamf-basic',
            { type: 'TWO_STEP', username: 'u', password: 'p' },
            {
                type: 'TWO_STEP',
                username: 'u',
                token: expect.any(String),
                raw: expect.any(Object),
                expires_at: '2026-08-22T10:20:00.000Z',
            },
        ],
        [
            'TBA',
            '/auth/tba/netsuite-tba',
            { token_id: 'i', token_secret: 's' },
            { type: 'TBA', token_id: 'i', token_secret: 's' },
        ],
        [
            'BILL',
            '/auth/bill/bill',
            { username: 'u', password: 'p', organization_id: 'o', dev_key: 'd' },
            { type: 'BILL', session_id: expect.any(String), user_id: expect.any(String), dev_key: 'd' },
        ],
        [
            'SIGNATURE',
            '/auth/signature/emarsys',
            { type: 'SIGNATURE', username: 'u', password: 'p' },
            { type: 'SIGNATURE', username: 'u', password: 'p', token: expect.any(String), expires_at: expect.any(String) },
        ],
        [
            'AWS_SIGV4',
            '/auth/aws-sigv4/aws-sigv4',
            { role_arn: 'arn:aws:iam::1:role/r' },
            {
                type: 'AWS_SIGV4',
                region: 'eu-west-1',
                service: 's3',
                access_key_id: expect.any(String),
                session_token: expect.any(String),
            },
        ],
        [
            'OAUTH2_CC',
            '/oauth2/auth/auth0',
            { client_id: 'i', client_secret: 's' },
            { type: 'OAUTH2_CC', token: expect.any(String), client_id: 'i', client_secret: 's', raw: expect.any(Object) },
        ],
    ])('%s makes a connection', async (mode, path, body, credentials) => {
        const token = await session({ end_user: { id: 'u1', email: 'ann@example.com' }, tags: { team: 'blue' } });
        const { status, body: made } = await form(path, body, {
            connect_session_token: token,
            'params[x]': 'y',
            'params[webhook_url]': 'z',
        });
        const providerConfigKey = path.split('/').at(-1);
        expect([status, made]).toEqual([200, { connectionId: expect.any(String), providerConfigKey }]);
        const stored = await connection(providerConfigKey as string, made.connectionId);
        expect(stored.credentials).toMatchObject(credentials);
        expect(stored.connection_config).toMatchObject({ x: 'y' });
        expect(stored.connection_config.webhook_url).toBeUndefined();
        expect(stored.end_user.id).toBe('u1');
        expect(stored.tags).toMatchObject({ team: 'blue', end_user_id: 'u1' });
        expect(scene.sent).toMatchObject([
            { type: 'auth', operation: 'creation', success: true, authMode: mode, endUser: { endUserId: 'u1' } },
        ]);
        if (stored.credentials.expires_at) expect(Date.parse(stored.credentials.expires_at)).toBeGreaterThan(start);
    });

    test('a session is not used up by a connection', async () => {
        const token = await session();
        const once = await form('/auth/unauthenticated/unauthenticated', undefined, { connect_session_token: token });
        const twice = await form('/auth/unauthenticated/unauthenticated', undefined, { connect_session_token: token });
        expect(once.body.connectionId).not.toBe(twice.body.connectionId);
    });

    test("the session's defaults win over what the form says", async () => {
        const integrations_config_defaults = { 'private-api-bearer': { connection_config: { region: 'eu' } } };
        const token = await session({ end_user: { id: 'u1' }, integrations_config_defaults });
        const query = { connect_session_token: token, 'params[region]': 'us', 'params[other]': '1' };
        const { body } = await form('/api-auth/api-key/private-api-bearer', { apiKey: 'k' }, query);
        expect((await connection('private-api-bearer', body.connectionId)).connection_config).toEqual({
            region: 'eu',
            other: '1',
        });
    });
});

describe('refusals', () => {
    const path = '/api-auth/api-key/private-api-bearer';
    const refused = async (answer: Promise<Answer>) => {
        const { status, body } = await answer;
        return [status, body.error.code];
    };

    test('without a session: public keys are no longer taken', async () => {
        expect(await refused(form(path, { apiKey: 'k' }, {}))).toEqual([401, 'missing_public_key']);
        expect(await refused(form(path, { apiKey: 'k' }, { public_key: 'x' }))).toEqual([401, 'invalid_public_key']);
        const known = { public_key: 'e0e0e0e0-0000-4000-8000-000000000009' };
        const { status, body } = await form(path, { apiKey: 'k' }, known);
        expect([status, body]).toEqual([401, { error: { code: 'unknown_account', message: expect.any(String), payload: {} } }]);
    });

    test('a session that is malformed, unknown or expired', async () => {
        const unknown = `nango_connect_session_${'0'.repeat(64)}`;
        expect(await refused(form(path, { apiKey: 'k' }, { connect_session_token: 'x' }))).toEqual([
            401,
            'invalid_connect_session_token_format',
        ]);
        expect(await refused(form(path, { apiKey: 'k' }, { connect_session_token: unknown }))).toEqual([
            401,
            'unknown_connect_session_token',
        ]);
        const token = await session();
        await scene.emulator.context.clock.advance(30 * 60_000);
        expect(await refused(form(path, { apiKey: 'k' }, { connect_session_token: token }))).toEqual([
            401,
            'unknown_connect_session_token',
        ]);
    });

    test('the session is looked at before the body', async () => {
        expect(await refused(form(path, { nonsense: 1 }, {}))).toEqual([401, 'missing_public_key']);
    });

    test('a connection id can not be chosen', async () => {
        const { status, body } = await form(
            path,
            { apiKey: 'k' },
            { connect_session_token: await session(), connection_id: 'mine' },
        );
        expect([status, body.error.code, body.error.errors[0].path]).toEqual([400, 'invalid_query_params', ['connection_id']]);
    });

    test.each([
        ['/api-auth/api-key/none', { apiKey: 'k' }, 404, 'unknown_provider_config'],
        ['/api-auth/api-key/private-api-basic', { apiKey: 'k' }, 400, 'invalid_auth_mode'],
        ['/api-auth/api-key/private-api-bearer', {}, 400, 'invalid_body'],
        ['/api-auth/api-key/private-api-bearer', { apiKey: 'k', more: 1 }, 400, 'invalid_body'],
        ['/api-auth/api-key/private-api-bearer', undefined, 400, 'invalid_body'],
        ['/api-auth/basic/private-api-basic', { username: 'u' }, 400, 'invalid_body'],
        ['/oauth2/auth/auth0', { client_secret: 's' }, 400, 'missing_client_id'],
        ['/oauth2/auth/auth0', { client_id: 'i' }, 400, 'missing_client_secret'],
    ])('%s %j → %i %s', async (route, body, status, code) => {
        expect(await refused(form(route, body, { connect_session_token: await session() }))).toEqual([status, code]);
    });

    test('an integration that the session does not allow: a code and no message', async () => {
        const token = await session({ end_user: { id: 'u1' }, allowed_integrations: ['github'] });
        const { status, body } = await form(path, { apiKey: 'k' }, { connect_session_token: token });
        expect([status, body]).toEqual([400, { error: { code: 'integration_not_allowed' } }]);
    });

    test('a reconnect session: another integration, and a connection that is gone', async () => {
        const first = (await form(path, { apiKey: 'k' }, { connect_session_token: await session() })).body;
        const reconnect = { connection_id: first.connectionId, integration_id: 'private-api-bearer' };
        const { token } = (await api('POST', '/connect/sessions/reconnect', reconnect)).body.data;
        const other = form('/auth/unauthenticated/unauthenticated', undefined, { connect_session_token: token });
        expect(await refused(other)).toEqual([400, 'integration_not_allowed']);
        await api('DELETE', `/connections/${first.connectionId}?provider_config_key=private-api-bearer`);
        expect(await refused(form(path, { apiKey: 'k' }, { connect_session_token: token }))).toEqual([400, 'invalid_connection']);
    });

    test('a type that is not JSON', async () => {
        const answer = await call('POST', path, { apiKey: 'k' }, { 'content-type': 'text/plain' });
        expect([answer.status, answer.body.error.code]).toEqual([415, 'invalid_content_type']);
    });
});
