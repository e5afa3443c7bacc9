import { describe, expect, test } from 'vitest';
import { connectScene } from '../../test/support/connect-scene.js';

const scene = connectScene();
const { api, call, connection, session } = scene;

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
        expect(scene.sent).toMatchObject([
            { type: 'auth', operation: 'creation', success: false, error: { type: 'callback_err' } },
        ]);
    });

    test("an environment's own callback address gets the answer first", async () => {
        await scene.control.settings({ callback_url: 'https://app.example/callback?from=nango' });
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
        await scene.emulator.context.clock.advance(3_600_000);
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

    test.each([
        ['a session that is over', 401, 'unknown_connect_session_token', 'This session has expired'],
        ['an integration that is not allowed', 400, 'integration_not_allowed', 'Not connected'],
        ['too many attempts', 429, 'too_many_request', 'Wait a minute'],
        ['a connection id of its own', 400, 'invalid_query_params', 'Not connected'],
    ])('%s: JSON for programs, a page of the same status for whoever looks at a window', async (what, status, code, words) => {
        const token = what.includes('over')
            ? `nango_connect_session_${'0'.repeat(64)}`
            : await session({ end_user: { id: 'u1' }, allowed_integrations: ['zendesk'] });
        const more = what.includes('own') ? '&connection_id=mine' : '';
        if (status === 429) await scene.control.rateLimit(1);
        if (status === 429) await call('GET', '/connect/session', undefined, { authorization: `Bearer ${token}` });
        const path = `/oauth/connect/github?connect_session_token=${token}${more}`;
        const program = await call('GET', path);
        expect([program.status, program.body.error.code]).toEqual([status, code]);
        const page = await call('GET', path, undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
        expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
        expect(page.text).toContain(words);
        expect(page.text).toContain(`"errorType":"${code}"`);
        expect(page.text).not.toContain(token);
    });

    test('an error description from the address stays text', async () => {
        const { cookie, deny } = await toConsent('github');
        const evil = '</script><img src=x onerror=alert(1)>';
        const url = new URL(deny, 'http://x');
        url.searchParams.set('error_description', evil);
        const done = await call('GET', url.pathname + url.search, undefined, { cookie });
        expect(done.text).not.toContain('<img');
        // The page has two scripts, its data and its code, and the text ended neither.
        expect(done.text.match(/<\/script>/g)).toHaveLength(2);
    });
});
