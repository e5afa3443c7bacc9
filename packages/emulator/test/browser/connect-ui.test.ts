import { Nango } from '@nangohq/node';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/start-emulator.js';
import { ConnectHarness } from './connect-harness.js';
import { hasChromium } from './has-chromium.js';

describe.skipIf(!hasChromium())('@nangohq/frontend in Chromium', { timeout: 180_000 }, () => {
    const harness = new ConnectHarness();
    const api = harness.api.bind(harness);
    const open = harness.open.bind(harness);
    const opening = harness.popup.bind(harness);
    const untilEvent = harness.untilEvent.bind(harness);
    const expectConnected = harness.expectConnected.bind(harness);

    test('an API key: list, form, connect, finish', async () => {
        const frame = await open();
        await frame.getByRole('button', { name: 'Private API (Bearer Auth)' }).click();
        await frame.getByLabel('API key', { exact: true }).fill('key-1');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByRole('heading', { name: 'Private API (Bearer Auth) is connected' }).waitFor();
        const { payload } = await untilEvent('connect');
        await frame.getByRole('button', { name: 'Finish' }).click();
        await untilEvent('close');
        expect(await harness.page.locator('#connect-ui').count()).toBe(0);
        expect((await harness.events()).map(({ type }) => type)).toEqual(['ready', 'connect', 'close']);
        const connection = await expectConnected('bearer', payload.connectionId);
        expect(connection.credentials).toEqual({ type: 'API_KEY', apiKey: 'key-1' });
    });

    test('user name and password, the only integration allowed: straight to the form, by keyboard alone', async () => {
        const frame = await open(['basic']);
        await frame.getByLabel('Username').waitFor();
        await frame.getByRole('heading', { name: 'Connect Private API (Basic Auth)' }).and(frame.locator(':focus')).waitFor();
        await harness.page.keyboard.press('Tab');
        await harness.page.keyboard.type('ann');
        await harness.page.keyboard.press('Tab');
        await harness.page.keyboard.type('secret');
        await harness.page.keyboard.press('Enter');
        const { payload } = await untilEvent('connect');
        const connection = await expectConnected('basic', payload.connectionId);
        expect(connection.credentials).toEqual({ type: 'BASIC', username: 'ann', password: 'secret' });
        await frame.getByRole('button', { name: 'Finish' }).and(frame.locator(':focus')).waitFor();
        await harness.page.keyboard.press('Enter');
        await untilEvent('close');
    });

    test('no credentials at all', async () => {
        const frame = await open(['none']);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const { payload } = await untilEvent('connect');
        const connection = await expectConnected('none', payload.connectionId);
        expect(connection.credentials).toEqual({});
    });

    test('OAuth 2 with consent in its own window', async () => {
        const frame = await open(['github']);
        const popup = await opening(() => frame.getByRole('button', { name: 'Connect', exact: true }).click());
        await popup.getByRole('heading', { name: 'Allow access to GitHub (User OAuth)?' }).waitFor();
        expect(await popup.locator('li').allInnerTexts()).toEqual(['repo', 'read:user']);
        await popup.getByRole('link', { name: 'Approve' }).click();
        const { payload } = await untilEvent('connect');
        await expect.poll(() => popup.isClosed()).toBe(true);
        const { credentials } = await expectConnected('github', payload.connectionId);
        expect(credentials).toMatchObject({
            type: 'OAUTH2',
            access_token: expect.any(String),
            refresh_token: expect.any(String),
        });
    });

    test('OAuth 2 denied: the page says so, no connection, a webhook of the failure; then approved', async () => {
        const frame = await open(['github']);
        await (await opening(() => frame.getByRole('button', { name: 'Connect', exact: true }).click()))
            .getByRole('link', { name: 'Deny' })
            .click();
        await frame
            .getByRole('alert')
            .getByText('You did not allow the access, so GitHub (User OAuth) is not connected')
            .waitFor();
        expect((await untilEvent('error')).payload).toEqual({
            errorType: 'callback_err',
            errorMessage: 'The resource owner denied the request.',
        });
        expect((await api('GET', '/connections')).connections).toEqual([]);
        await harness.emulator.context.clock.settle();
        expect(harness.app.webhooks).toMatchObject([
            { type: 'auth', operation: 'creation', success: false, error: { type: 'callback_err' } },
        ]);
        await (await opening(() => frame.getByRole('button', { name: 'Try again' }).click()))
            .getByRole('link', { name: 'Approve' })
            .click();
        await expectConnected('github', (await untilEvent('connect')).payload.connectionId);
    });

    test('a window that is closed early', async () => {
        const frame = await open(['github']);
        const popup = await opening(() => frame.getByRole('button', { name: 'Connect', exact: true }).click());
        await popup.getByRole('link', { name: 'Approve' }).waitFor();
        await popup.close();
        expect((await untilEvent('error')).payload.errorType).toBe('window_closed');
        await frame.getByRole('button', { name: 'Open the window again' }).waitFor();
    });

    test('an OAuth provider that needs a value first', async () => {
        const frame = await open(['zendesk']);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByText('Zendesk subdomain is required.').waitFor();
        const field = frame.getByLabel('Zendesk subdomain');
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        await field.fill('https://acme.zendesk.com');
        await (await opening(() => frame.getByRole('button', { name: 'Connect', exact: true }).click()))
            .getByRole('link', { name: 'Approve' })
            .click();
        const connection = await expectConnected('zendesk', (await untilEvent('connect')).payload.connectionId);
        expect(connection.connection_config).toEqual({ subdomain: 'acme' });
    });

    test.each([
        ['netsuite-tba', 'TBA'],
        ['ghost-admin', 'JWT'],
        ['bill', 'BILL'],
        ['jamf-basic', 'TWO_STEP'],
        ['emarsys', 'SIGNATURE'],
        ['auth0', 'OAUTH2_CC'],
        ['aws-sigv4', 'AWS_SIGV4'],
    ])('the form of %s makes %s credentials', async (provider, mode) => {
        const config = mode === 'AWS_SIGV4' ? { integration_config: { service: 's3' } } : {};
        await api('POST', '/integrations', { provider, unique_key: provider, ...config });
        const frame = await open([provider]);
        await frame.getByRole('button', { name: 'Connect', exact: true }).waitFor();
        for (const input of await frame.locator('form input').all()) {
            await input.fill((await input.getAttribute('placeholder')) ?? 'value');
        }
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const connection = await expectConnected(provider, (await untilEvent('connect')).payload.connectionId);
        expect(connection.credentials.type).toBe(mode);
    });

    test("a form with all that a provider's schema can say", async () => {
        const providers = `
gallery:
  display_name: Gallery
  auth_mode: API_KEY
  docs_connect: https://docs.example.com/gallery
  proxy: { base_url: 'https://\${connectionConfig.region}.example.com' }
  credentials:
    apiKey: { type: string, title: Secret key, description: From your settings, pattern: '^sk_', example: sk_123 }
  connection_config:
    region: { type: string, title: Region, description: Where it is, enum: [eu, us], order: 1 }
    plan: { type: string, title: Plan, enum: [free, paid], default_value: free, order: 2 }
    seat: { type: string, title: Seat, visible_when: { field: plan, equals: paid }, order: 3 }
    site: { type: string, title: Site, format: uri, optional: true, order: 4 }
    version: { type: string, title: Version, hidden: true, default_value: v2 }
    robot: { type: string, title: Robot, automated: true }
`;
        const gallery = await startEmulator({
            port: 0,
            providers,
            seed: { integrations: [{ provider: 'gallery', unique_key: 'gallery' }] },
        });
        const nango = new Nango({ host: gallery.url, apiKey: gallery.apiKey });
        const { data } = await nango.createConnectSession({ allowed_integrations: ['gallery'], end_user: { id: 'u1' } });
        await harness.given({ token: data.token, api: gallery.url });
        await harness.page.click('#open');
        const frame = harness.page.frameLocator('#connect-ui');
        const connect = frame.getByRole('button', { name: 'Connect', exact: true });
        await connect.waitFor();
        expect(await frame.locator('label:visible').allInnerTexts()).toEqual(['Region', 'Plan', 'Site optional', 'Secret key']);
        expect(await frame.getByRole('link', { name: /Where do I find/ }).getAttribute('href')).toBe(
            'https://docs.example.com/gallery',
        );
        await frame.getByLabel('Plan').selectOption('paid');
        await frame.getByLabel('Secret key', { exact: true }).fill('wrong');
        await frame.getByLabel('Site').fill('example.com');
        await connect.click();
        expect(await frame.locator('.error:visible').allInnerTexts()).toEqual([
            'Region is required.',
            'Seat is required.',
            'Site must start with http:// or https://.',
            'Secret key is not in the expected form. It looks like sk_123.',
        ]);
        await frame.getByLabel('Region').selectOption('eu');
        await frame.getByLabel('Seat').fill('12');
        await frame.getByLabel('Site').fill('');
        const key = frame.getByLabel('Secret key', { exact: true });
        await key.fill('sk_1');
        expect(await key.getAttribute('type')).toBe('password');
        await frame.getByRole('button', { name: 'Show Secret key' }).click();
        expect(await key.getAttribute('type')).toBe('text');
        await connect.click();
        const connection = await nango.getConnection('gallery', (await untilEvent('connect')).payload.connectionId);
        expect(connection.connection_config).toEqual({ region: 'eu', plan: 'paid', seat: '12', version: 'v2' });
        expect(connection.credentials).toEqual({ type: 'API_KEY', apiKey: 'sk_1' });
        await gallery.close();
    });

    test('reconnect: the same connection gets new credentials', async () => {
        const first = await open(['bearer']);
        await first.getByLabel('API key', { exact: true }).fill('old');
        await first.getByRole('button', { name: 'Connect', exact: true }).click();
        const { connectionId } = (await untilEvent('connect')).payload;
        const session = { connection_id: connectionId, integration_id: 'bearer' };
        const frame = await open((await api('POST', '/connect/sessions/reconnect', session)).data);
        await frame.getByRole('heading', { name: 'Reconnect Private API (Bearer Auth)' }).waitFor();
        await frame.getByLabel('API key', { exact: true }).fill('new');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        expect((await untilEvent('connect')).payload).toEqual({ connectionId, providerConfigKey: 'bearer' });
        const connection = await expectConnected('bearer', connectionId, 'override');
        expect(connection.credentials.apiKey).toBe('new');
    });

    test('an expired session', async () => {
        const session = await harness.newSession();
        await harness.emulator.context.clock.advance(30 * 60_000);
        const frame = await open(session);
        await frame.getByRole('heading', { name: 'This session has expired' }).waitFor();
        expect((await untilEvent('error')).payload.errorType).toBe('unknown_connect_session_token');
        await frame.getByRole('button', { name: 'Close', exact: true }).last().click();
        await untilEvent('close');
    });

    test('a session that expires while the form is open', async () => {
        const frame = await open(['bearer']);
        await frame.getByLabel('API key', { exact: true }).fill('k');
        await harness.emulator.context.clock.advance(30 * 60_000);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByRole('heading', { name: 'This session has expired' }).waitFor();
    });

    test('a session token that comes later', async () => {
        const frame = await open({ token: undefined });
        await frame.getByText('Loading…').waitFor();
        const { token } = await harness.newSession(['none']);
        await harness.page.evaluate((given) => (window as any).connectUI.setSessionToken(given), token);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await expectConnected('none', (await untilEvent('connect')).payload.connectionId);
    });

    test("nango.auth() of the vendor's package, approved and denied", async () => {
        await harness.given({ token: (await harness.newSession()).token, integration: 'github' });
        await (await opening(() => harness.page.click('#auth'))).getByRole('link', { name: 'Deny' }).click();
        expect(await untilEvent('rejected')).toMatchObject({
            error: 'callback_err',
            message: 'The resource owner denied the request.',
        });
        await (await opening(() => harness.page.click('#auth'))).getByRole('link', { name: 'Approve' }).click();
        const { result } = await untilEvent('resolved');
        expect(result).toEqual({ providerConfigKey: 'github', connectionId: expect.any(String), isPending: false });
        await expectConnected('github', result.connectionId);
    });

    test("forms of the customer's own page, through nango.auth() and nango.create()", async () => {
        await harness.given({ token: (await harness.newSession()).token });
        await harness.page.click('#form');
        const { results } = await untilEvent('forms');
        expect(results).toEqual([
            { providerConfigKey: 'bearer', connectionId: expect.any(String) },
            { providerConfigKey: 'basic', connectionId: expect.any(String) },
            { providerConfigKey: 'none', connectionId: expect.any(String) },
            { error: 'invalid_auth_mode' },
            { error: 'unknown_provider_config' },
        ]);
        const stored = await api('GET', `/connections/${results[0].connectionId}?provider_config_key=bearer`);
        expect([stored.credentials.apiKey, stored.connection_config]).toEqual(['k', { region: 'eu' }]);
    });

    test('hostile names stay text', async () => {
        const display_name = '<img src=x onerror="document.title=\'hit\'"> </script><script>document.title="hit"</script>';
        const credentials = { type: 'OAUTH2', client_id: 'c', client_secret: 's' };
        await api('POST', '/integrations', { provider: 'github', unique_key: 'evil', display_name, credentials });
        const frame = await open(['evil']);
        await frame.getByRole('heading', { name: display_name }).waitFor();
        const popup = await opening(() => frame.getByRole('button', { name: 'Connect', exact: true }).click());
        await popup.getByText(display_name).waitFor();
        expect(await popup.title()).toBe('Allow access to GitHub (User OAuth)?');
        expect(await popup.locator('img').count()).toBe(0);
    });
});
