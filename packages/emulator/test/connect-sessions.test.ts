import { beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../src/index.js';
import { type Call, setScene } from './support/scene.js';

let call: Call;
let emulator: Emulator;
beforeEach(() => {
    ({ call, emulator } = setScene());
});

const user = { id: 'u1', email: 'u1@example.com' };
const open = async (body: object = { end_user: user }) =>
    (await call('POST', '/connect/sessions', { body })).body.data.token as string;

describe('create', () => {
    test('answers 201 with a token, a link and the end', async () => {
        const answer = await call('POST', '/connect/sessions', { body: { end_user: user } });
        expect(answer.status).toBe(201);
        const { token } = answer.body.data;
        expect(token).toMatch(/^nango_connect_session_[0-9a-f]{64}$/);
        expect(answer.body.data).toEqual({
            token,
            connect_link: expect.stringMatching(new RegExp(`/\\?session_token=${token}$`)),
            expires_at: '2026-03-01T12:30:00.000Z',
        });
    });

    test('an end user is needed unless there are tags instead', async () => {
        expect((await call('POST', '/connect/sessions', { body: { tags: {} } })).status).toBe(201);
        for (const body of [{}, { allowed_integrations: ['github'] }]) {
            const answer = await call('POST', '/connect/sessions', { body });
            expect(answer.body.error).toMatchObject({
                code: 'invalid_body',
                errors: [{ code: 'invalid_type', path: ['end_user'] }],
            });
        }
        const both = await call('POST', '/connect/sessions', { body: { tags: {}, end_user: null } });
        expect(both.body.error.errors).toMatchObject([{ path: ['end_user'] }]);
    });

    test('unknown integrations are reported with their places', async () => {
        const answer = await call('POST', '/connect/sessions', {
            body: {
                end_user: user,
                allowed_integrations: ['github', 'nope'],
                integrations_config_defaults: { gone: {} },
                overrides: { away: {} },
            },
        });
        expect(answer.status).toBe(400);
        expect(answer.body.error.errors.map((issue: { path: string[] }) => issue.path)).toEqual([
            ['allowed_integrations', '1'],
            ['integrations_config_defaults', 'gone'],
            ['overrides', 'away'],
        ]);
    });

    test.each([
        [{ end_user: { ...user, x: 1 } }, ['end_user']],
        [{ end_user: user, x: 1 }, []],
        [{ end_user: user, webhook_url_override: 'nope' }, ['webhook_url_override']],
        [{ end_user: user, organization: {} }, ['organization', 'id']],
        [{ end_user: user, integrations_config_defaults: { github: { x: 1 } } }, ['integrations_config_defaults', 'github']],
        [
            { end_user: user, integrations_config_defaults: { github: { connection_config: { oauth_scopes_override: ['a'] } } } },
            ['integrations_config_defaults', 'github', 'connection_config', 'oauth_scopes_override'],
        ],
    ])('%j is refused', async (body, path) => {
        const answer = await call('POST', '/connect/sessions', { body });
        expect(answer.body.error).toMatchObject({ code: 'invalid_body', errors: [{ path }] });
    });

    test('another documentation link needs a plan', async () => {
        const body = { end_user: user, overrides: { github: { docs_connect: 'https://example.com' } } };
        expect((await call('POST', '/connect/sessions', { body })).body.error.code).toBe('forbidden');
        await emulator.control.settings({ plan: { docs_connect_override: true, connections: 4 } });
        expect((await call('POST', '/connect/sessions', { body })).body.error.code).toBe('resource_capped');
        await emulator.control.settings({ plan: { connections: null } });
        expect((await call('POST', '/connect/sessions', { body })).status).toBe(201);
    });

    test('a webhook address in the defaults moves up to the session', async () => {
        const webhook_url = 'https://example.com/hook';
        const token = await open({
            end_user: user,
            integrations_config_defaults: { github: { connection_config: { webhook_url, a: 'b' } } },
        });
        const session = emulator.context.store.environment.sessions.get(token);
        expect(session).toMatchObject({
            webhookUrlOverride: webhook_url,
            integrationsConfigDefaults: { github: { connection_config: { a: 'b' } } },
        });
    });
});

describe('reconnect', () => {
    test('is locked to the connection’s integration and shows whose connection it is', async () => {
        const answer = await call('POST', '/connect/sessions/reconnect', {
            body: { connection_id: 'octo', integration_id: 'github' },
        });
        expect(answer.status).toBe(201);
        const session = await call('GET', '/connect/session', { key: answer.body.data.token });
        expect(session.body.data).toMatchObject({
            isReconnecting: true,
            allowed_integrations: ['github'],
            endUser: { id: 'user-1', organization: { id: 'org-1' } },
        });
    });

    test('of an unknown pair is 400', async () => {
        for (const body of [
            { connection_id: 'x', integration_id: 'github' },
            { connection_id: 'octo', integration_id: 'x' },
        ]) {
            const answer = await call('POST', '/connect/sessions/reconnect', { body });
            expect([answer.status, answer.body.error]).toEqual([400, { code: 'invalid_body', message: expect.any(String) }]);
        }
        const missing = await call('POST', '/connect/sessions/reconnect', { body: {} });
        expect(missing.body.error.errors.map((issue: { path: string[] }) => issue.path)).toEqual([
            ['connection_id'],
            ['integration_id'],
        ]);
    });
});

describe('with the session’s token', () => {
    test('the session is read without user scopes', async () => {
        const token = await open({
            end_user: user,
            organization: { id: 'o', display_name: 'Org' },
            allowed_integrations: [],
            integrations_config_defaults: { github: { user_scopes: 'a', authorization_params: { b: 'c' } } },
        });
        expect((await call('GET', '/connect/session', { key: token })).body.data).toEqual({
            endUser: {
                id: 'u1',
                email: 'u1@example.com',
                display_name: null,
                tags: null,
                organization: { id: 'o', display_name: 'Org' },
            },
            connectUISettings: {
                theme: { light: { primary: '#00B2E3' }, dark: { primary: '#00B2E3' } },
                defaultTheme: 'system',
                showWatermark: true,
            },
            integrations_config_defaults: { github: { authorization_params: { b: 'c' } } },
            websocketsPath: '/',
        });
        expect((await call('GET', '/connect/session?x=1', { key: token })).body.error.code).toBe('invalid_query_params');
    });

    test('integrations are limited to the allowed ones, and providers can be read', async () => {
        const token = await open({ end_user: user, allowed_integrations: ['none'] });
        const { data } = (await call('GET', '/integrations', { key: token })).body;
        expect(data.map((item: { unique_key: string }) => item.unique_key)).toEqual(['none']);
        expect((await call('GET', '/providers/github', { key: token })).status).toBe(200);
        expect((await call('GET', '/connections', { key: token })).status).toBe(401);
    });

    test('it ends by DELETE, or after 30 minutes', async () => {
        const ended = await open();
        const deleted = await call('DELETE', '/connect/session', { key: ended });
        expect([deleted.status, deleted.text]).toEqual([204, '']);
        expect((await call('GET', '/connect/session', { key: ended })).body.error.code).toBe('unknown_connect_session_token');
        const expiring = await open();
        await emulator.control.advance(30 * 60_000 - 1);
        expect((await call('GET', '/connect/session', { key: expiring })).status).toBe(200);
        await emulator.control.advance(1);
        expect((await call('GET', '/connect/session', { key: expiring })).body.error.code).toBe('unknown_connect_session_token');
    });
});
