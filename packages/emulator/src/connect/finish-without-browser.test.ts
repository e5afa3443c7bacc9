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

    test('a reconnect keeps id, metadata, end user and tags', async () => {
        const token = await session({ end_user: { id: 'u1' }, tags: { team: 'blue' } });
        const { connectionId } = await scene.control.connect({
            token,
            integrationId: 'private-api-bearer',
            credentials: { apiKey: 'old' },
        });
        const ids = { connection_id: connectionId, provider_config_key: 'private-api-bearer' };
        await api('POST', '/connections/metadata', { ...ids, metadata: { a: 1 } });
        const reconnect = { connection_id: connectionId, integration_id: 'private-api-bearer' };
        const again = (await api('POST', '/connect/sessions/reconnect', reconnect)).body.data.token;
        const made = await scene.control.connect({
            token: again,
            integrationId: 'private-api-bearer',
            credentials: { apiKey: 'new' },
        });
        expect(made.connectionId).toBe(connectionId);
        const stored = await connection('private-api-bearer', connectionId);
        expect(stored).toMatchObject({ credentials: { apiKey: 'new' }, metadata: { a: 1 }, end_user: { id: 'u1' } });
        expect(stored.tags).toMatchObject({ team: 'blue' });
        expect(scene.sent.at(-1)).toMatchObject({ operation: 'override', success: true });
    });
});
