import { expect, test } from 'vitest';
import { connectScene } from '../../test/support/connect-scene.js';

const scene = connectScene();
const { api, session } = scene;

test('the control surface makes refreshes fail', async () => {
    const token = await session();
    const { connectionId, providerConfigKey } = await scene.control.connect({ token, integrationId: 'github', approve: true });
    const get = () => api('GET', `/connections/${connectionId}?provider_config_key=github&force_refresh=true`);
    await scene.control.failRefresh({ providerConfigKey, connectionId }, 2);
    expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([400, 400, 200]);
    await scene.control.failRefresh({ providerConfigKey, connectionId });
    expect((await get()).status).toBe(400);
    await scene.control.failRefresh({ providerConfigKey, connectionId }, false);
    expect((await get()).status).toBe(200);
    await expect(scene.control.failRefresh({ providerConfigKey, connectionId: 'none' })).rejects.toMatchObject({ status: 404 });
});
