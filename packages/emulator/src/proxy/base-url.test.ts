import { expect, test } from 'vitest';
import { code, proxyScene } from '../../test/support/proxy-scene.js';

const providers = `
configured:
  display_name: Configured
  auth_mode: API_KEY
  proxy: { base_url: https://unreachable.example, headers: { x-key: '\${apiKey}' } }
  integration_config:
    baseUrl: { type: string, title: Base URL, format: uri, optional: true }
    keyLabel: { type: string, title: Label, optional: true }
`;
const scene = proxyScene({ providers });
const { integration, proxy } = scene;
const credentials = { type: 'API_KEY', apiKey: 'the-key' };
const configure = (integration_config: object) => integration('own', 'configured', credentials, { integration_config });
const withoutOverride = (key: string) => proxy('/x', {}, { 'base-url-override': '' }, key);

test("the integration's own base URL replaces the provider's", async () => {
    await configure({ baseUrl: `${scene.upstream}/api` });
    expect((await withoutOverride('own')).status).toBe(200);
    expect([scene.seen[0]?.url, scene.seen[0]?.headers['x-key']]).toEqual(['/api/x', 'the-key']);
});

test("without one it is the provider's", async () => {
    await configure({});
    expect(await code(await withoutOverride('own'))).toBe('base_url_override_not_allowed');
});

test('the label of its key is shown, nothing else of its config', async () => {
    await configure({ baseUrl: scene.upstream, keyLabel: 'Token' });
    const { emulator } = scene;
    const response = await fetch(`${emulator.url}/integrations/own`, { headers: { authorization: emulator.apiKey } });
    const { data } = (await response.json()) as { data: object };
    expect(data).toMatchObject({ credentials_label: { apiKey: 'Token' } });
    expect(Object.keys(data)).not.toContain('baseUrl');
});
