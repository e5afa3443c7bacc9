import { describe, expect, test } from 'vitest';
import { connectScene } from '../../test/support/connect-scene.js';

const scene = connectScene();
const { api, connection, session } = scene;

describe('without a browser', () => {
    test('a form', async () => {
        const token = await session();
        const made = await scene.control.connect({
            token,
            integrationId: 'private-api-basic',
            credentials: { username: 'u', password: 'p' },
        });
        expect((await connection('private-api-basic', made.connectionId)).credentials.username).toBe('u');
    });

    test('an approval, with fields of the connection config', async () => {
        const token = await session();
        const made = await scene.control.connect({
            token,
            integrationId: 'zendesk',
            params: { subdomain: 'acme' },
            approve: true,
        });
        expect((await connection('zendesk', made.connectionId)).connection_config).toEqual({ subdomain: 'acme' });
    });

    test('a denial rejects, and its webhook goes out', async () => {
        const token = await session();
        await expect(scene.control.connect({ token, integrationId: 'github', deny: true })).rejects.toMatchObject({
            code: 'access_denied',
        });
        expect(scene.sent).toMatchObject([{ type: 'auth', success: false, endUser: { endUserId: 'u1' } }]);
    });

    test('what is missing is named', async () => {
        const token = await session();
        await expect(scene.control.connect({ token, integrationId: 'private-api-bearer' })).rejects.toMatchObject({
            code: 'invalid_body',
        });
        await expect(scene.control.connect({ token: 'x', integrationId: 'github' })).rejects.toMatchObject({ status: 401 });
    });
});

/** What a form asks for, by integration; the others go through a window. */
const forms: Record<string, Record<string, unknown>> = {
    'private-api-bearer': { apiKey: 'k' },
    'private-api-basic': { username: 'u', password: 'p' },
    unauthenticated: {},
    auth0: { client_id: 'c', client_secret: 's' },
    'netsuite-tba': { token_id: 't', token_secret: 's' },
    'ghost-admin': { privateKey: { id: 'a', secret: 'b' } },
    bill: { username: 'u', password: 'p', organization_id: 'o', dev_key: 'd' },
    'jamf-basic': { username: 'u', password: 'p' },
    emarsys: { username: 'u', password: 'p' },
    'aws-sigv4': { role_arn: 'arn:aws:iam::1:role/x' },
};
const windows = ['github', 'zendesk', 'trello', 'github-app', 'github-app-oauth', 'linear-mcp', 'crisp-plugin-install'];

describe.each([...Object.keys(forms), ...windows])('reconnecting %s', (integrationId) => {
    const credentials = forms[integrationId];

    /** A connection with tags, metadata and config that is then reconnected. */
    async function reconnected(more: Record<string, unknown> = {}) {
        const token = await session({ end_user: { id: 'u1' }, tags: { team: 'blue' } });
        const params = { kept: 'value' };
        const finish = { integrationId, ...(credentials && Object.keys(credentials).length > 0 ? { credentials } : {}) };
        const { connectionId } = await scene.control.connect({ ...finish, token, params });
        const ids = { connection_id: connectionId, provider_config_key: integrationId };
        await api('POST', '/connections/metadata', { ...ids, metadata: { a: 1 } });
        const before = await connection(integrationId, connectionId);
        expect(before.tags).toEqual({ end_user_id: 'u1', team: 'blue' });
        const body = { connection_id: connectionId, integration_id: integrationId, ...more };
        const again = (await api('POST', '/connect/sessions/reconnect', body)).body.data.token;
        expect((await scene.control.connect({ ...finish, token: again })).connectionId).toBe(connectionId);
        return connection(integrationId, connectionId);
    }

    test('erases the tags, and a form the metadata and the config too', async () => {
        const after = await reconnected();
        expect(after.tags).toEqual({});
        expect(after.end_user).toMatchObject({ id: 'u1' });
        expect(after.metadata).toEqual(credentials ? {} : { a: 1 });
        expect(after.connection_config.kept).toBe(credentials ? undefined : 'value');
        expect(scene.sent.at(-1)).toMatchObject({ operation: 'override', success: true, tags: {} });
    });

    test('with tags and an end user puts those in the place of the old ones', async () => {
        const after = await reconnected({ end_user: { id: 'u2' }, tags: { team: 'red' } });
        expect(after.tags).toEqual({ end_user_id: 'u2', team: 'red' });
        expect(after.end_user).toMatchObject({ id: 'u2' });
        expect(after.metadata).toEqual(credentials ? {} : { a: 1 });
        expect(after.connection_config.kept).toBe(credentials ? undefined : 'value');
    });
});
