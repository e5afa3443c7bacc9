import axe from 'axe-core';
import type { Browser, BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/start-emulator.js';
import { hasChromium, launchChromium } from './chromium.js';
import { type CustomerApp, startCustomerApp } from './customer-app.js';

const signingKey = '3f1c7c9e-0b0c-4a53-9d11-5f3a5c7f0a11';

describe.skipIf(!hasChromium())('@nangohq/frontend in Chromium', { timeout: 60_000 }, () => {
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let app: CustomerApp;
    let emulator: RunningEmulator;
    /** Errors and refused resources of any page: there must be none. */
    let complaints: string[];

    beforeAll(async () => {
        browser = await launchChromium();
    }, 60_000);
    afterAll(async () => browser?.close());

    beforeEach(async () => {
        app = await startCustomerApp(signingKey);
        emulator = await startEmulator({ port: 0, webhookUrl: `${app.url}/webhooks`, webhookSigningKey: signingKey });
        complaints = [];
        context = await browser.newContext();
        context.on('weberror', (error) => complaints.push(error.error().message));
        context.on('console', (message) => {
            if (message.type() === 'error' && !/status of (400|401|404)/.test(message.text())) complaints.push(message.text());
        });
        page = await context.newPage();
        const client = { client_id: 'ci', client_secret: 'cs', scopes: 'repo,read:user' };
        await api('POST', '/integrations', {
            provider: 'github',
            unique_key: 'github',
            credentials: { type: 'OAUTH2', ...client },
        });
        await api('POST', '/integrations', {
            provider: 'zendesk',
            unique_key: 'zendesk',
            credentials: { type: 'OAUTH2', ...client },
        });
        await api('POST', '/integrations', { provider: 'private-api-bearer', unique_key: 'bearer' });
        await api('POST', '/integrations', { provider: 'private-api-basic', unique_key: 'basic' });
        await api('POST', '/integrations', { provider: 'unauthenticated', unique_key: 'none' });
    });
    afterEach(async () => {
        await context.close();
        await emulator.close();
        app.close();
        expect(complaints).toEqual([]);
    });

    async function api(method: string, path: string, body?: unknown) {
        const response = await fetch(emulator.url + path, {
            method,
            headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return (await response.json()) as any;
    }

    async function newSession(allowed?: string[]): Promise<string> {
        const end_user = { id: 'u1', email: 'ann@example.com', display_name: 'Ann' };
        const body = { end_user, ...(allowed && { allowed_integrations: allowed }) };
        return (await api('POST', '/connect/sessions', body)).data.token;
    }

    async function open(token: string | undefined, more: Record<string, string> = {}): Promise<FrameLocator> {
        const query = new URLSearchParams({ api: emulator.url, ...(token && { token }), ...more });
        await page.goto(`${app.url}/?${query}`);
        await page.click('#open');
        return page.frameLocator('#connect-ui');
    }

    const events = () => page.evaluate(() => (window as any).events as any[]);

    async function untilEvent(type: string) {
        await page.waitForFunction((wanted) => (window as any).events.some((event: any) => event.type === wanted), type);
        return (await events()).find((event) => event.type === type);
    }

    /** The connection is there with its end user, and its webhook came with a good signature. */
    async function expectConnected(integrationId: string, connectionId: string, operation = 'creation') {
        const { connections } = await api('GET', '/connections?endUserId=u1');
        expect(connections).toEqual([
            expect.objectContaining({
                connection_id: connectionId,
                provider_config_key: integrationId,
                end_user: expect.objectContaining({ id: 'u1', email: 'ann@example.com' }),
            }),
        ]);
        await emulator.context.clock.settle();
        expect(app.refused).toBe(0);
        expect(app.webhooks.at(-1)).toMatchObject({
            type: 'auth',
            operation,
            success: true,
            connectionId,
            providerConfigKey: integrationId,
            endUser: { endUserId: 'u1' },
        });
        return api('GET', `/connections/${connectionId}?provider_config_key=${integrationId}&refresh_token=true`);
    }

    test('an API key: list, form, connect, finish', async () => {
        const frame = await open(await newSession());
        await frame.getByRole('button', { name: 'Private API (Bearer Auth)' }).click();
        await frame.getByLabel('API key', { exact: true }).fill('key-1');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByRole('heading', { name: 'Private API (Bearer Auth) is connected' }).waitFor();
        const { payload } = await untilEvent('connect');
        await frame.getByRole('button', { name: 'Finish' }).click();
        await untilEvent('close');
        expect(await page.locator('#connect-ui').count()).toBe(0);
        expect((await events()).map(({ type }) => type)).toEqual(['ready', 'connect', 'close']);
        const connection = await expectConnected('bearer', payload.connectionId);
        expect(connection.credentials).toEqual({ type: 'API_KEY', apiKey: 'key-1' });
    });

    test('user name and password, the only integration allowed: straight to the form, by keyboard alone', async () => {
        const frame = await open(await newSession(['basic']));
        await frame.getByLabel('Username').waitFor();
        await frame.getByRole('heading', { name: 'Connect Private API (Basic Auth)' }).and(frame.locator(':focus')).waitFor();
        await page.keyboard.press('Tab');
        await page.keyboard.type('ann');
        await page.keyboard.press('Tab');
        await page.keyboard.type('secret');
        await page.keyboard.press('Enter');
        const { payload } = await untilEvent('connect');
        const connection = await expectConnected('basic', payload.connectionId);
        expect(connection.credentials).toEqual({ type: 'BASIC', username: 'ann', password: 'secret' });
        await frame.getByRole('button', { name: 'Finish' }).and(frame.locator(':focus')).waitFor();
        await page.keyboard.press('Enter');
        await untilEvent('close');
    });

    test('no credentials at all', async () => {
        const frame = await open(await newSession(['none']));
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const { payload } = await untilEvent('connect');
        const connection = await expectConnected('none', payload.connectionId);
        expect(connection.credentials).toEqual({});
    });

    test('OAuth 2 with consent in a window of its own', async () => {
        const frame = await open(await newSession(['github']));
        const opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const popup = await opened;
        await popup.getByRole('heading', { name: 'Allow access to GitHub (User OAuth)?' }).waitFor();
        expect(await popup.locator('li').allInnerTexts()).toEqual(['repo', 'read:user']);
        await popup.getByRole('link', { name: 'Approve' }).click();
        const { payload } = await untilEvent('connect');
        await popup.waitForEvent('close').catch(() => undefined);
        expect(popup.isClosed()).toBe(true);
        const { credentials } = await expectConnected('github', payload.connectionId);
        expect(credentials).toMatchObject({
            type: 'OAUTH2',
            access_token: expect.any(String),
            refresh_token: expect.any(String),
        });
    });

    test('OAuth 2 denied: the page says so, no connection, a webhook of the failure; then approved', async () => {
        const frame = await open(await newSession(['github']));
        let opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await (await opened).getByRole('link', { name: 'Deny' }).click();
        await frame
            .getByRole('alert')
            .getByText('You did not allow the access, so GitHub (User OAuth) is not connected')
            .waitFor();
        expect((await untilEvent('error')).payload).toEqual({
            errorType: 'callback_err',
            errorMessage: 'The resource owner denied the request.',
        });
        expect((await api('GET', '/connections')).connections).toEqual([]);
        await emulator.context.clock.settle();
        expect(app.webhooks).toMatchObject([
            { type: 'auth', operation: 'creation', success: false, error: { type: 'callback_err' } },
        ]);
        opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Try again' }).click();
        await (await opened).getByRole('link', { name: 'Approve' }).click();
        await expectConnected('github', (await untilEvent('connect')).payload.connectionId);
    });

    test('a window that is closed early', async () => {
        const frame = await open(await newSession(['github']));
        const opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const popup = await opened;
        await popup.getByRole('link', { name: 'Approve' }).waitFor();
        await popup.close();
        expect((await untilEvent('error')).payload.errorType).toBe('window_closed');
        await frame.getByRole('button', { name: 'Open the window again' }).waitFor();
    });

    test('an OAuth provider that needs a value first', async () => {
        const frame = await open(await newSession(['zendesk']));
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByText('Zendesk subdomain is required.').waitFor();
        const field = frame.getByLabel('Zendesk subdomain');
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        await field.fill('https://acme.zendesk.com');
        const opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await (await opened).getByRole('link', { name: 'Approve' }).click();
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
        const frame = await open(await newSession([provider]));
        await frame.getByRole('button', { name: 'Connect', exact: true }).waitFor();
        for (const input of await frame.locator('form input').all()) {
            await input.fill((await input.getAttribute('placeholder')) ?? 'value');
        }
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const connection = await expectConnected(provider, (await untilEvent('connect')).payload.connectionId);
        expect(connection.credentials.type).toBe(mode);
    });

    test("a form with all that a provider's schema can say", async () => {
        await emulator.close();
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
        emulator = await startEmulator({ port: 0, webhookUrl: `${app.url}/webhooks`, webhookSigningKey: signingKey, providers });
        await api('POST', '/integrations', { provider: 'gallery', unique_key: 'gallery' });
        const frame = await open(await newSession(['gallery']));
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
        const connection = await expectConnected('gallery', (await untilEvent('connect')).payload.connectionId);
        expect(connection.connection_config).toEqual({ region: 'eu', plan: 'paid', seat: '12', version: 'v2' });
        expect(connection.credentials).toEqual({ type: 'API_KEY', apiKey: 'sk_1' });
    });

    test('reconnect: the same connection gets new credentials', async () => {
        const first = await open(await newSession(['bearer']));
        await first.getByLabel('API key', { exact: true }).fill('old');
        await first.getByRole('button', { name: 'Connect', exact: true }).click();
        const { connectionId } = (await untilEvent('connect')).payload;
        const session = { connection_id: connectionId, integration_id: 'bearer' };
        const { token } = (await api('POST', '/connect/sessions/reconnect', session)).data;
        const frame = await open(token);
        await frame.getByRole('heading', { name: 'Reconnect Private API (Bearer Auth)' }).waitFor();
        await frame.getByLabel('API key', { exact: true }).fill('new');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        expect((await untilEvent('connect')).payload).toEqual({ connectionId, providerConfigKey: 'bearer' });
        const connection = await expectConnected('bearer', connectionId, 'override');
        expect(connection.credentials.apiKey).toBe('new');
    });

    test('an expired session', async () => {
        const token = await newSession();
        await emulator.context.clock.advance(30 * 60_000);
        const frame = await open(token);
        await frame.getByRole('heading', { name: 'This session has expired' }).waitFor();
        expect((await untilEvent('error')).payload.errorType).toBe('unknown_connect_session_token');
        await frame.getByRole('button', { name: 'Close', exact: true }).last().click();
        await untilEvent('close');
    });

    test('a session that expires while the form is open', async () => {
        const frame = await open(await newSession(['bearer']));
        await frame.getByLabel('API key', { exact: true }).fill('k');
        await emulator.context.clock.advance(30 * 60_000);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByRole('heading', { name: 'This session has expired' }).waitFor();
    });

    test('a session token that comes later', async () => {
        const frame = await open(undefined);
        await frame.getByText('Loading…').waitFor();
        const token = await newSession(['none']);
        await page.evaluate((given) => (window as any).connectUI.setSessionToken(given), token);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await expectConnected('none', (await untilEvent('connect')).payload.connectionId);
    });

    test('the connect link, without a frame; the token leaves the address', async () => {
        const { connect_link } = (await api('POST', '/connect/sessions', { end_user: { id: 'u1', email: 'ann@example.com' } }))
            .data;
        await page.goto(connect_link);
        await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
        expect(page.url()).not.toContain('session_token');
        await page.getByRole('button', { name: 'Unauthenticated' }).click();
        await page.getByRole('button', { name: 'Connect', exact: true }).click();
        await page.getByRole('heading', { name: 'Unauthenticated is connected' }).waitFor();
        expect((await api('GET', '/connections?endUserId=u1')).connections).toHaveLength(1);
    });

    test('without a token there is nothing to do', async () => {
        await page.goto(`${emulator.url}/connect-ui/`);
        await page.getByRole('heading', { name: 'This page has no session' }).waitFor();
    });

    test('Escape closes the page', async () => {
        const frame = await open(await newSession());
        await frame.getByRole('heading', { name: 'Connect an account' }).waitFor();
        await page.keyboard.press('Escape');
        await untilEvent('close');
    });

    test("nango.auth() of the vendor's package, approved and denied", async () => {
        const query = new URLSearchParams({ api: emulator.url, token: await newSession(), integration: 'github' });
        await page.goto(`${app.url}/?${query}`);
        let opened = context.waitForEvent('page');
        await page.click('#auth');
        await (await opened).getByRole('link', { name: 'Deny' }).click();
        expect(await untilEvent('rejected')).toMatchObject({
            error: 'callback_err',
            message: 'The resource owner denied the request.',
        });
        opened = context.waitForEvent('page');
        await page.click('#auth');
        await (await opened).getByRole('link', { name: 'Approve' }).click();
        const { result } = await untilEvent('resolved');
        expect(result).toEqual({ providerConfigKey: 'github', connectionId: expect.any(String), isPending: false });
        await expectConnected('github', result.connectionId);
    });

    test("forms of the customer's own page, through nango.auth() and nango.create()", async () => {
        await page.goto(`${app.url}/?${new URLSearchParams({ api: emulator.url, token: await newSession() })}`);
        await page.click('#form');
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

    /** Runs axe over what a page or frame shows now, in light and in dark; contrast is part of it. */
    async function expectAccessible(frame: Frame) {
        for (const colorScheme of ['light', 'dark'] as const) {
            await frame.page().emulateMedia({ colorScheme });
            await frame.evaluate(axe.source);
            const { violations } = await frame.evaluate(() => (window as any).axe.run());
            const found = violations.map(({ id, nodes }: any) => [id, nodes.map(({ html }: any) => html)]);
            expect(found, `${colorScheme} ${await frame.title()}`).toEqual([]);
        }
    }
    const connectFrame = () => page.frames().find((frame) => frame.url().includes('/connect-ui')) as Frame;

    test('every page passes axe: list, forms, errors, consent, callback, success, expiry', async () => {
        const list = await open(await newSession());
        await list.getByRole('heading', { name: 'Connect an account' }).waitFor();
        await expectAccessible(connectFrame());

        const basic = await open(await newSession(['basic']));
        await basic.getByRole('button', { name: 'Connect', exact: true }).click();
        await basic.getByText('Username is required.').waitFor();
        await expectAccessible(connectFrame());

        const zendesk = await open(await newSession(['zendesk']));
        await zendesk.getByLabel('Zendesk subdomain').fill('acme');
        await expectAccessible(connectFrame());
        let opened = context.waitForEvent('page');
        await zendesk.getByRole('button', { name: 'Connect', exact: true }).click();
        let popup = await opened;
        await popup.getByRole('link', { name: 'Deny' }).waitFor();
        await expectAccessible(popup.mainFrame());
        await popup.getByRole('link', { name: 'Deny' }).click();
        await zendesk.getByRole('alert').waitFor();
        await expectAccessible(connectFrame());
        opened = context.waitForEvent('page');
        await zendesk.getByRole('button', { name: 'Try again' }).click();
        popup = await opened;
        await popup.getByRole('link', { name: 'Approve' }).click();
        await zendesk.getByRole('button', { name: 'Finish' }).waitFor();
        await expectAccessible(connectFrame());

        await page.goto(`${emulator.url}/oauth/callback?state=none`);
        await expectAccessible(page.mainFrame());
        const expired = await open(`nango_connect_session_${'0'.repeat(64)}`);
        await expired.getByRole('heading', { name: 'This session has expired' }).waitFor();
        await expectAccessible(connectFrame());
    });

    test('hostile names stay text', async () => {
        const display_name = '<img src=x onerror="document.title=\'hit\'"> </script><script>document.title="hit"</script>';
        const credentials = { type: 'OAUTH2', client_id: 'c', client_secret: 's' };
        await api('POST', '/integrations', { provider: 'github', unique_key: 'evil', display_name, credentials });
        const frame = await open(await newSession(['evil']));
        await frame.getByRole('heading', { name: display_name }).waitFor();
        const opened = context.waitForEvent('page');
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        const popup = await opened;
        await popup.getByText(display_name).waitFor();
        expect(await popup.title()).toBe('Allow access to GitHub (User OAuth)?');
        expect(await popup.locator('img').count()).toBe(0);
    });
});
