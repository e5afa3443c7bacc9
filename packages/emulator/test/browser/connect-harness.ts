import type { Browser, BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Seed } from '../../src/index.js';
import { type RunningEmulator, startEmulator } from '../../src/start-emulator.js';
import { launchChromium } from './chromium.js';
import { type CustomerApp, startCustomerApp } from './customer-app.js';

const signingKey = '3f1c7c9e-0b0c-4a53-9d11-5f3a5c7f0a11';
const client = { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs', scopes: 'repo,read:user' } as const;

const seed: Seed = {
    integrations: [
        { provider: 'github', unique_key: 'github', credentials: client },
        { provider: 'zendesk', unique_key: 'zendesk', credentials: client },
        { provider: 'private-api-bearer', unique_key: 'bearer' },
        { provider: 'private-api-basic', unique_key: 'basic' },
        { provider: 'unauthenticated', unique_key: 'none' },
    ],
};

/**
 * A customer's page with the vendor's frontend package, open in Chromium for a whole file; the emulator is reset before each test, and
 * no page may complain.
 */
export class ConnectHarness {
    browser!: Browser;
    context!: BrowserContext;
    /** The customer's page. */
    page!: Page;
    app!: CustomerApp;
    emulator!: RunningEmulator;
    /** Errors and refused resources of any page: there must be none. */
    complaints: string[] = [];

    constructor() {
        beforeAll(() => this.#start());
        beforeEach(async () => {
            await this.emulator.control.reset();
            this.app.webhooks.length = 0;
            this.app.refused = 0;
            await this.page.bringToFront();
            await this.page.evaluate(() => (window as any).connectUI?.close());
        });
        afterEach(async () => {
            for (const other of this.context.pages()) if (other !== this.page) await other.close();
            const complaints = this.complaints.splice(0);
            expect(complaints).toEqual([]);
        });
        afterAll(async () => {
            await this.browser?.close();
            await this.emulator?.close();
            this.app?.close();
        });
    }

    async #start(): Promise<void> {
        [this.browser, this.app] = await Promise.all([launchChromium(), startCustomerApp(signingKey)]);
        this.emulator = await startEmulator({
            port: 0,
            seed,
            webhookUrl: `${this.app.url}/webhooks`,
            webhookSigningKey: signingKey,
        });
        this.context = await this.browser.newContext({ viewport: { width: 1280, height: 844 } });
        this.context.setDefaultTimeout(120_000);
        this.context.on('weberror', (error) => this.complaints.push(error.error().message));
        this.context.on('console', (message) => {
            const expected = /status of (400|401|404|429)/.test(message.text());
            if (message.type() === 'error' && !expected) this.complaints.push(message.text());
        });
        this.page = await this.context.newPage();
        await this.page.goto(this.app.url);
    }

    /** As the customer's server. */
    async api(method: string, path: string, body?: unknown): Promise<any> {
        const response = await fetch(this.emulator.url + path, {
            method,
            headers: { authorization: `Bearer ${this.emulator.apiKey}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return response.json();
    }

    async newSession(allowed?: string[]): Promise<{ token: string; connect_link: string }> {
        const end_user = { id: 'u1', email: 'ann@example.com', display_name: 'Ann' };
        const body = { end_user, ...(allowed && { allowed_integrations: allowed }) };
        return (await this.api('POST', '/connect/sessions', body)).data;
    }

    /** What the customer's page knows when one of its buttons is clicked. */
    async given(more: { token?: string | undefined; integration?: string; theme?: string; api?: string }): Promise<void> {
        await this.page.evaluate((given) => Object.assign(window, { given }), { api: this.emulator.url, ...more });
    }

    /** Opens the Connect page for a session of these integrations, or for the token. */
    async open(session: string[] | { token: string | undefined } | undefined = undefined, theme?: string): Promise<FrameLocator> {
        const { token } = session === undefined || Array.isArray(session) ? await this.newSession(session) : session;
        await this.given({ token, ...(theme && { theme }) });
        await this.page.evaluate(() => document.getElementById('open')?.click());
        return this.page.frameLocator('#connect-ui');
    }

    /** The Connect page's frame. */
    frame(): Frame {
        return this.page.frames().find((frame) => frame.url().includes('/connect-ui')) as Frame;
    }

    /** Does what opens a window, and waits for that. */
    async popup(act: () => Promise<unknown>): Promise<Page> {
        const [popup] = await Promise.all([this.context.waitForEvent('page'), act()]);
        return popup;
    }

    /** Does what opens a window, and answers the page that the emulator sent into it: whoever opened it may have closed it already. */
    async popupPage(act: () => Promise<unknown>): Promise<string> {
        const route = /\/oauth\/connect\//;
        const page = new Promise<string>((resolve) => {
            void this.context.route(route, async (route) => {
                const response = await route.fetch();
                resolve(await response.text());
                await route.fulfill({ response }).catch(() => {});
            });
        });
        await act();
        await page;
        // The window may be closing meanwhile.
        await this.context.unroute(route).catch(() => {});
        return page;
    }

    events(): Promise<any[]> {
        return this.page.evaluate(() => (window as any).events as any[]);
    }

    async untilEvent(type: string): Promise<any> {
        await this.page.waitForFunction((wanted) => (window as any).events.some((event: any) => event.type === wanted), type);
        return (await this.events()).find((event) => event.type === type);
    }

    /** The connection is there with its end user, and its webhook came with a good signature. */
    async expectConnected(integrationId: string, connectionId: string, operation = 'creation'): Promise<any> {
        const { connections } = await this.api('GET', '/connections?endUserId=u1');
        expect(connections).toEqual([
            expect.objectContaining({
                connection_id: connectionId,
                provider_config_key: integrationId,
                end_user: expect.objectContaining({ id: 'u1', email: 'ann@example.com' }),
            }),
        ]);
        await this.emulator.context.clock.settle();
        expect(this.app.refused).toBe(0);
        expect(this.app.webhooks.at(-1)).toMatchObject({
            type: 'auth',
            operation,
            success: true,
            connectionId,
            providerConfigKey: integrationId,
            endUser: { endUserId: 'u1' },
        });
        return this.api('GET', `/connections/${connectionId}?provider_config_key=${integrationId}&refresh_token=true`);
    }
}
