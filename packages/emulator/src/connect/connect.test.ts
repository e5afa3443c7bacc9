import { beforeEach, describe, expect, test } from 'vitest';
import { EmulatorControl } from '../control/emulator-control.js';
import { createEmulator, type Emulator } from '../emulator.js';
import type { OutgoingWebhook } from '../ports.js';

const start = Date.parse('2026-08-22T10:00:00Z');
let emulator: Emulator;
let control: EmulatorControl;
let sent: OutgoingWebhook['body'][];

type Answer = { status: number; body: any; headers: Headers; text: string };

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await emulator.fetch(
        new Request(`http://localhost:3003${path}`, {
            method,
            headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
    );
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
}
const api = (method: string, path: string, body?: unknown) =>
    call(method, path, body, { authorization: `Bearer ${emulator.apiKey}` });

const session = async (body: Record<string, unknown> = { end_user: { id: 'u1' } }): Promise<string> =>
    (await api('POST', '/connect/sessions', body)).body.data.token;

const connection = async (key: string, id: string) =>
    (await api('GET', `/connections/${id}?provider_config_key=${key}&refresh_token=true`)).body;

const secret = { client_id: 'ci', client_secret: 'cs' };
const app = { app_id: '1', app_link: 'https://github.com/apps/x', private_key: '' };
const pem = '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----';

beforeEach(async () => {
    emulator = createEmulator({ frozenAt: start });
    control = new EmulatorControl('http://localhost:3003', (request) => emulator.fetch(request));
    sent = [];
    for (const [provider, credentials, more] of [
        ['github', { type: 'OAUTH2', ...secret, scopes: 'repo,user' }],
        ['zendesk', { type: 'OAUTH2', ...secret }],
        ['trello', { type: 'OAUTH1', ...secret }],
        ['github-app', { type: 'APP', ...app, private_key: pem }],
        ['github-app-oauth', { type: 'CUSTOM', ...secret, ...app, private_key: pem }],
        ['private-api-bearer'],
        ['private-api-basic'],
        ['unauthenticated'],
        ['auth0'],
        ['netsuite-tba'],
        ['ghost-admin'],
        ['bill'],
        ['jamf-basic'],
        ['emarsys'],
        ['aws-sigv4', undefined, { integration_config: { service: 's3', defaultRegion: 'eu-west-1' } }],
        ['linear-mcp'],
        ['crisp-plugin-install'],
    ] as [string, unknown, object?][]) {
        const made = await api('POST', '/integrations', {
            provider,
            unique_key: provider,
            ...(credentials ? { credentials } : {}),
            ...more,
        });
        expect(made.status, `${provider} ${made.text}`).toBe(200);
    }
    emulator.context.ports.webhooks.send = ({ body }) => sent.push(body);
});

const form = (mode: string, body: unknown, query: Record<string, string>) =>
    call('POST', `${mode}?${new URLSearchParams(query)}`, body);

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
        expect(sent).toMatchObject([
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
        expect([status, body]).toEqual([401, { error: { code: 'deprecated_authentication', message: expect.any(String) } }]);
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
        await emulator.context.clock.advance(30 * 60_000);
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

describe('OAuth in a window', () => {
    /** Walks through the popup as a browser does, cookies included. */
    async function toConsent(key: string, query: Record<string, string> = {}) {
        const token = query.connect_session_token ?? (await session());
        const opened = await call(
            'GET',
            `/oauth/connect/${key}?${new URLSearchParams({ ...query, connect_session_token: token })}`,
        );
        expect(opened.status, opened.text).toBe(302);
        const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] as string;
        const consent = await call('GET', opened.headers.get('location') as string, undefined, { cookie });
        expect(consent.status).toBe(200);
        const link = (id: string) => {
            const [, href = ''] = new RegExp(`id="${id}" href="([^"]+)"`).exec(consent.text) ?? [];
            return href.replaceAll('&amp;', '&');
        };
        return { opened, consent, cookie, approve: link('approve'), deny: link('deny') };
    }

    test('the cookie is named after the state, for an hour, unseen by scripts', async () => {
        const { opened } = await toConsent('github');
        const state = new URL(opened.headers.get('location') as string, 'http://x').searchParams.get('state');
        expect(opened.headers.get('set-cookie')).toBe(`oauth2-${state}=1; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax`);
    });

    test.each([
        [
            'github',
            {
                type: 'OAUTH2',
                access_token: expect.any(String),
                refresh_token: expect.any(String),
                expires_at: '2026-08-22T11:00:00.000Z',
            },
        ],
        [
            'trello',
            { type: 'OAUTH1', oauth_token: expect.any(String), oauth_token_secret: expect.any(String), raw: expect.any(Object) },
        ],
        ['github-app', { type: 'APP', access_token: expect.any(String), raw: expect.any(Object) }],
        ['github-app-oauth', { type: 'CUSTOM', app: { type: 'APP' }, user: { type: 'OAUTH2' }, raw: expect.any(Object) }],
        ['linear-mcp', { type: 'OAUTH2', access_token: expect.any(String) }],
        ['crisp-plugin-install', { type: 'BASIC', username: expect.any(String), password: expect.any(String) }],
    ])('%s: approved', async (key, credentials) => {
        const { approve, cookie } = await toConsent(key, { 'params[region]': 'eu' });
        const done = await call('GET', approve, undefined, { cookie });
        expect([done.status, done.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(done.text).toContain('nango_oauth_callback_success');
        const [listed] = (await api('GET', '/connections')).body.connections;
        expect(listed.provider_config_key).toBe(key);
        const stored = await connection(key, listed.connection_id);
        expect(stored.credentials).toMatchObject(credentials);
        expect(stored.connection_config.region).toBe('eu');
    });

    test('scopes: those of the person go before those of the integration', async () => {
        const scopes = async (query: Record<string, string>) => {
            const { consent } = await toConsent('github', query);
            return [...consent.text.matchAll(/<code>([^<]*)/g)].map(([, scope]) => scope);
        };
        expect(await scopes({})).toEqual(['repo', 'user']);
        expect(await scopes({ user_scope: 'gist,read:org' })).toEqual(['gist', 'read:org']);
    });

    test("the integration's client can be replaced", async () => {
        const query = {
            'credentials[oauth_client_id_override]': 'own',
            'credentials[oauth_client_secret_override]': 'own-secret',
        };
        const { approve, cookie } = await toConsent('github', query);
        await call('GET', approve, undefined, { cookie });
        const [listed] = (await api('GET', '/connections')).body.connections;
        const { credentials } = await connection('github', listed.connection_id);
        expect(credentials.config_override).toEqual({ client_id: 'own', client_secret: 'own-secret' });
    });

    test('denied: 400, no connection, a webhook of the failure', async () => {
        const { deny, cookie } = await toConsent('github');
        const done = await call('GET', deny, undefined, { cookie });
        expect(done.status).toBe(400);
        expect(done.text).toContain('nango_oauth_callback_error');
        expect(done.text).toContain('callback_err');
        expect((await api('GET', '/connections')).body.connections).toEqual([]);
        expect(sent).toMatchObject([{ type: 'auth', operation: 'creation', success: false, error: { type: 'callback_err' } }]);
    });

    test("an environment's own callback address gets the answer first", async () => {
        await control.settings({ callback_url: 'https://app.example/callback?from=nango' });
        const { approve, deny } = await toConsent('github');
        expect(new URL(approve).origin).toBe('https://app.example');
        expect(Object.fromEntries(new URL(approve).searchParams)).toEqual({
            from: 'nango',
            state: expect.any(String),
            code: expect.any(String),
        });
        expect(new URL(deny).searchParams.get('error')).toBe('access_denied');
    });

    test('an approval works once', async () => {
        const { approve, cookie } = await toConsent('github');
        await call('GET', approve, undefined, { cookie });
        const again = await call('GET', approve, undefined, { cookie });
        expect([again.status, again.text.includes('state_err')]).toEqual([400, true]);
        expect((await api('GET', '/connections')).body.connections).toHaveLength(1);
    });

    test('another browser can neither see the consent page nor finish', async () => {
        const { approve, opened, cookie } = await toConsent('github');
        for (const other of [{}, { cookie: 'oauth2-other=1' }]) {
            const consent = await call(
                'GET',
                opened.headers.get('location') as string,
                undefined,
                other as Record<string, string>,
            );
            expect(consent.status).toBe(400);
            expect(consent.text).not.toContain('code=');
            const done = await call('GET', approve, undefined, other as Record<string, string>);
            expect([done.status, done.text.includes('state_cookie_err')]).toEqual([400, true]);
        }
        expect((await api('GET', '/connections')).body.connections).toEqual([]);
        expect((await call('GET', approve, undefined, { cookie })).status).toBe(200);
    });

    test('a made-up code is refused', async () => {
        const { approve, cookie } = await toConsent('github');
        const forged = await call('GET', approve.replace(/code=[^&]+/, 'code=forged'), undefined, { cookie });
        expect([forged.status, forged.text.includes('token_err')]).toEqual([400, true]);
        expect((await api('GET', '/connections')).body.connections).toEqual([]);
    });

    test('an authorisation that takes more than an hour is forgotten', async () => {
        const { approve, cookie } = await toConsent('github');
        await emulator.context.clock.advance(3_600_000);
        expect((await call('GET', approve, undefined, { cookie })).status).toBe(400);
    });

    test('an integration that is deleted meanwhile', async () => {
        const { approve, cookie } = await toConsent('github');
        await api('DELETE', '/integrations/github');
        const done = await call('GET', approve, undefined, { cookie });
        expect([done.status, done.text.includes('unknown_config_key')]).toEqual([400, true]);
    });

    test('errors before the consent: JSON without a session, a page for the rest', async () => {
        const noSession = await call('GET', '/oauth/connect/github?connect_session_token=x');
        expect([noSession.status, noSession.body.error.code]).toEqual([401, 'invalid_connect_session_token_format']);
        const token = await session();
        for (const [key, type] of [
            ['none', 'unknown_config_key'],
            ['private-api-bearer', 'auth_mode_err'],
        ]) {
            const answer = await call('GET', `/oauth/connect/${key}?connect_session_token=${token}`);
            expect([answer.status, answer.text.includes(type as string)], key).toEqual([400, true]);
        }
    });

    test('an error description from the address stays text', async () => {
        const { cookie, deny } = await toConsent('github');
        const evil = '</script><img src=x onerror=alert(1)>';
        const url = new URL(deny, 'http://x');
        url.searchParams.set('error_description', evil);
        const done = await call('GET', url.pathname + url.search, undefined, { cookie });
        expect(done.text).not.toContain('<img');
        expect(done.text.match(/<\/script>/g)).toHaveLength(1);
    });
});

describe('pages', () => {
    const policy = (answer: Answer) => answer.headers.get('content-security-policy') ?? '';

    test('run no script but their own', async () => {
        const page = await call('GET', '/connect-ui/');
        expect(policy(page)).toContain("default-src 'none'");
        expect(policy(page)).toMatch(/script-src 'sha256-[^']+'/);
        expect(policy(page)).not.toContain('unsafe');
    });

    test('the Connect page may be framed, the others not', async () => {
        expect(policy(await call('GET', '/connect-ui/'))).toContain('frame-ancestors *');
        expect(policy(await call('GET', '/oauth/callback'))).toContain("frame-ancestors 'none'");
    });

    test('the Connect page is the same for everybody: it holds no session', async () => {
        const token = await session();
        const plain = await call('GET', '/connect-ui/');
        const personal = await call('GET', `/connect-ui/?session_token=${token}&apiURL=https://evil.example`);
        expect(personal.text).toBe(plain.text);
    });

    test('are never cached and send no referrer', async () => {
        const { headers } = await call('GET', '/connect-ui/');
        expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    });
});

describe('without a browser', () => {
    test('a form', async () => {
        const token = await session();
        const made = await control.connect({
            token,
            integrationId: 'private-api-basic',
            credentials: { username: 'u', password: 'p' },
        });
        expect((await connection('private-api-basic', made.connectionId)).credentials.username).toBe('u');
    });

    test('an approval, with fields of the connection config', async () => {
        const token = await session();
        const made = await control.connect({ token, integrationId: 'zendesk', params: { subdomain: 'acme' }, approve: true });
        expect((await connection('zendesk', made.connectionId)).connection_config).toEqual({ subdomain: 'acme' });
    });

    test('a denial rejects, and its webhook goes out', async () => {
        const token = await session();
        await expect(control.connect({ token, integrationId: 'github', deny: true })).rejects.toMatchObject({
            code: 'access_denied',
        });
        expect(sent).toMatchObject([{ type: 'auth', success: false, endUser: { endUserId: 'u1' } }]);
    });

    test('what is missing is named', async () => {
        const token = await session();
        await expect(control.connect({ token, integrationId: 'private-api-bearer' })).rejects.toMatchObject({
            code: 'invalid_body',
        });
        await expect(control.connect({ token: 'x', integrationId: 'github' })).rejects.toMatchObject({ status: 401 });
    });

    test('a reconnect keeps id, metadata, end user and tags', async () => {
        const token = await session({ end_user: { id: 'u1' }, tags: { team: 'blue' } });
        const { connectionId } = await control.connect({
            token,
            integrationId: 'private-api-bearer',
            credentials: { apiKey: 'old' },
        });
        const ids = { connection_id: connectionId, provider_config_key: 'private-api-bearer' };
        await api('POST', '/connections/metadata', { ...ids, metadata: { a: 1 } });
        const reconnect = { connection_id: connectionId, integration_id: 'private-api-bearer' };
        const again = (await api('POST', '/connect/sessions/reconnect', reconnect)).body.data.token;
        const made = await control.connect({ token: again, integrationId: 'private-api-bearer', credentials: { apiKey: 'new' } });
        expect(made.connectionId).toBe(connectionId);
        const stored = await connection('private-api-bearer', connectionId);
        expect(stored).toMatchObject({ credentials: { apiKey: 'new' }, metadata: { a: 1 }, end_user: { id: 'u1' } });
        expect(stored.tags).toMatchObject({ team: 'blue' });
        expect(sent.at(-1)).toMatchObject({ operation: 'override', success: true });
    });
});

describe('telemetry', () => {
    const beacon = (body: object) => call('POST', '/connect/telemetry', body);

    test('a beacon of the page is taken', async () => {
        const body = {
            token: await session(),
            event: 'view:list',
            timestamp: new Date().toISOString(),
            dimensions: { integration: 'x' },
        };
        expect((await beacon(body)).status).toBe(204);
    });

    test.each([
        [{ event: 'click:nothing' }, 400],
        [{ timestamp: '2020-01-01T00:00:00Z' }, 400],
        [{ more: 1 }, 400],
        [{ token: 'x' }, 401],
    ])('%j → %i', async (change, status) => {
        const body = { token: await session(), event: 'open', timestamp: new Date().toISOString(), ...change };
        expect((await beacon(body)).status).toBe(status);
    });
});

test('the control surface makes refreshes fail', async () => {
    const token = await session();
    const { connectionId, providerConfigKey } = await control.connect({ token, integrationId: 'github', approve: true });
    const get = () => api('GET', `/connections/${connectionId}?provider_config_key=github&force_refresh=true`);
    await control.failRefresh({ providerConfigKey, connectionId }, 2);
    expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([400, 400, 200]);
    await control.failRefresh({ providerConfigKey, connectionId });
    expect((await get()).status).toBe(400);
    await control.failRefresh({ providerConfigKey, connectionId }, false);
    expect((await get()).status).toBe(200);
    await expect(control.failRefresh({ providerConfigKey, connectionId: 'none' })).rejects.toMatchObject({ status: 404 });
});
