import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../../../packages/emulator/test/browser/chromium.js';
import { hasChromium } from '../../../../packages/emulator/test/browser/has-chromium.js';
import { ownDatabase } from '../../../../packages/syncs/test/postgres/own-database.js';
import { type HubWorld, startHubWorld } from '../../src/hub-demo/hub-world.js';
import { folkKey } from '../../src/hub-demo/stand-ins.js';
import { buildPage } from './build-page.js';
import { look } from './looks.js';

describe.skipIf(!hasChromium())('the hub in Chromium', () => {
    let browser: Browser;
    let built: string;
    let world: HubWorld;
    let database: Awaited<ReturnType<typeof ownDatabase>> | undefined;
    let context: BrowserContext;
    let page: Page;
    /** Errors of any page: there must be none. */
    const complaints: string[] = [];

    beforeAll(async () => {
        [browser, built] = await Promise.all([launchChromium(), buildPage()]);
        // On a server where there is one, else on the embedded database.
        database = process.env.DATABASE_URL ? await ownDatabase() : undefined;
        world = await startHubWorld({ page: built, people: [30, 8], config: { databaseUrl: database?.url } });
        context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        context.setDefaultTimeout(30_000);
        watch(context);
        page = await context.newPage();
        await page.goto(world.hub.url);
    }, 120_000);
    afterAll(async () => {
        await browser?.close();
        await world?.close();
        await database?.drop();
        if (built) rmSync(built, { recursive: true });
    });
    afterEach(() => expect(complaints.splice(0)).toEqual([]));

    function watch(watched: BrowserContext) {
        watched.on('weberror', (error) => complaints.push(error.error().message));
        watched.on('console', (message) => {
            const expected = /status of (4\d\d|5\d\d)|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_INCOMPLETE_CHUNKED/;
            if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
        });
    }

    const account = (name: string) => page.getByRole('article', { name });
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
    const rows = () => page.getByRole('listbox', { name: 'Contacts' }).getByRole('option');
    const connectPage = () => page.frameLocator('#connect-ui');
    const total = (count: number | string) => page.getByRole('heading', { name: `Contacts ${count}`, exact: true }).waitFor();

    test('signing in, by keyboard; what was connected before is there', async () => {
        await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
        await look(page, 'sign-in');
        await page.getByRole('button', { name: 'Ada Lovelace' }).focus();
        await page.keyboard.press('Enter');
        await account('HubSpot Connected').waitFor();
        await account('Folk Not connected').waitFor();
        await total(30);
        await look(page, 'hub');
    });

    test('another tenant sees none of it', async () => {
        const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        watch(other);
        const kay = await other.newPage();
        await kay.goto(world.hub.url);
        await kay.getByRole('button', { name: 'Kay McNulty' }).click();
        await kay.getByRole('article', { name: 'HubSpot Not connected' }).waitFor();
        await kay.getByText('No contacts yet. Connect an account').waitFor();
        await look(kay, 'empty');
        await other.close();
    });

    test('what Nango has not yet confirmed is not shown as connected; contacts that are not there yet are said to come', async () => {
        const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        watch(other);
        const kay = await other.newPage();
        await kay.goto(world.hub.url);
        await kay.getByRole('button', { name: 'Kay McNulty' }).click();
        await world.emulator.control.settings({ webhooks: { on_auth_creation: false } });
        await kay.getByRole('button', { name: 'Connect Folk' }).click();
        const frame = kay.frameLocator('#connect-ui');
        await frame.getByLabel('API key', { exact: true }).waitFor();
        await look(kay, 'connecting');
        await frame.getByLabel('API key', { exact: true }).fill(folkKey);
        await frame.getByRole('button', { name: 'Connect', exact: true }).click();
        await frame.getByRole('button', { name: 'Finish' }).click();
        await kay.getByText('Folk said yes. Waiting for word from Nango …').waitFor();
        await look(kay, 'waiting');
        await world.emulator.control.settings({ webhooks: { on_auth_creation: true } });

        await world.emulator.control.fault({ type: 'status', status: 500, times: 1_000, operation: 'listRecords' });
        await world.hub.services.jobs.add('reconcile', {});
        await kay.getByText('Your contacts are being read: they appear in a moment.').waitFor();
        await kay.getByRole('article', { name: 'Folk Connected' }).getByText('being read').waitFor();
        await look(kay, 'being-read');
        await kay.getByRole('button', { name: 'Disconnect Folk' }).click();
        await kay.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
        await kay.getByRole('article', { name: 'Folk Not connected' }).waitFor();
        await world.emulator.control.clearFaults();
        await other.close();
    });

    test('a session that has ended leads to signing in, and who does so next sees nothing of the one before', async () => {
        const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        watch(other);
        const shared = await other.newPage();
        await shared.goto(world.hub.url);
        await shared.getByRole('button', { name: 'Ada Lovelace' }).click();
        await shared.getByRole('heading', { name: 'Contacts 30', exact: true }).waitFor();
        await other.clearCookies();
        await shared.getByLabel('Search name, email or company').fill('a');
        await shared.getByRole('button', { name: 'Kay McNulty' }).waitFor();
        // Nothing is answered: what is shown now was read before.
        await shared.route(/\/api\/(contacts|connections|tasks)/, () => {});
        await shared.getByRole('button', { name: 'Kay McNulty' }).click();
        await shared.getByText('Loading your contacts …').waitFor();
        await shared.getByText('Loading your accounts …').waitFor();
        expect(await shared.getByRole('option').count()).toBe(0);
        await look(shared, 'loading');
        await other.close();
    });

    test('a stream of news that ends and begins again is nothing to tell anybody', async () => {
        const other = await browser.newContext();
        watch(other);
        const visitor = await other.newPage();
        let streams = 0;
        const third = new Promise<void>((resolve) => {
            void visitor.route('**/api/events', async (route) => {
                const body = 'retry: 50\nevent: hello\ndata: \n\n';
                await route.fulfill({ headers: { 'content-type': 'text/event-stream' }, body });
                if (++streams === 3) resolve();
            });
        });
        await visitor.goto(world.hub.url);
        await visitor.getByRole('button', { name: 'Ada Lovelace' }).click();
        await third;
        expect(await visitor.getByText('You are offline, or the app is.').count()).toBe(0);
        await other.close();
    });

    test('an API key connects an account, and its contacts appear', async () => {
        await button('Connect Folk').click();
        await connectPage().getByLabel('API key', { exact: true }).fill(folkKey);
        await connectPage().getByRole('button', { name: 'Connect', exact: true }).click();
        await connectPage().getByRole('button', { name: 'Finish' }).click();
        await account('Folk Connected').getByText('Folk is connected.').waitFor();
        await total(38);
        expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Folk');
    });

    test('a change at the provider arrives while one looks; selection and focus stay', async () => {
        await rows().first().click();
        const name = (await rows().first().getByText(/./).first().textContent()) as string;
        await page.getByRole('complementary', { name }).waitFor();
        const person = world.hubspot.list.find(({ firstName, lastName }) => `${firstName} ${lastName}` === name);
        if (person) world.hubspot.update(person.id, { company: 'Moved & Sons' });
        world.hubspot.add({ firstName: 'Aaa', lastName: 'First' });
        await world.syncNow();
        await rows().filter({ hasText: 'Aaa First' }).waitFor();
        await total(39);
        const focused = page.getByRole('option', { selected: true }).and(page.locator(':focus'));
        expect(await focused.textContent()).toContain(name);
        await page.keyboard.press('ArrowUp');
        await page.locator(':focus').filter({ hasText: 'Aaa First' }).waitFor();
    });

    test('a contact is looked up where it comes from, and gets a file', async () => {
        await rows().filter({ hasText: 'HubSpot' }).nth(3).click();
        await button('Look up at HubSpot').click();
        await page.getByRole('complementary').getByText('Job title').waitFor();
        const chooser = page.waitForEvent('filechooser');
        await button('Upload a file to HubSpot').click();
        await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.alloc(5_000, 'x') });
        await page.getByRole('status').getByText('notes.txt is at HubSpot (5 KB).').waitFor();
        await look(page, 'contact');
        await button('Close the details').click();
    });

    test('an action creates a contact; the dialog shows how far it is, and what was refused', async () => {
        await button('New contact').click();
        const dialog = page.getByRole('dialog', { name: 'New contact' });
        await dialog.getByRole('button', { name: 'Create' }).click();
        await dialog.locator('input:focus').waitFor();
        await look(page, 'new-contact');
        await dialog.getByText('Folk', { exact: true }).click();
        await dialog.getByLabel('Name').fill('Hedy Lamarr');
        await dialog.getByLabel('Email').fill('hedy@example.com');
        await page.keyboard.press('Enter');
        await dialog.getByRole('status').getByText('Hedy Lamarr was created in Folk.').waitFor();
        expect(world.folk.hasEmail('hedy@example.com')).toBe(true);
        await dialog.getByRole('button', { name: 'Create' }).click();
        await dialog
            .getByRole('alert')
            .getByText('Folk has a contact with this email address already. Nothing was created.')
            .waitFor();
        await look(page, 'refused');
        await dialog.getByRole('button', { name: 'Close' }).click();
        await page.getByLabel('Search name, email or company').fill('hedy@');
        await total(1);
        await page.keyboard.press('Escape');
        await total(40);
    });

    test('access that was revoked needs its user; connecting again repairs it', async () => {
        await world.revoke('hubspot');
        await account('HubSpot Needs you').waitFor();
        await look(page, 'needs-you');
        await button('Connect again to HubSpot').click();
        const opened = context.waitForEvent('page');
        await connectPage()
            .getByRole('button', { name: /Connect|Reconnect/ })
            .first()
            .click();
        await (await opened).getByRole('link', { name: 'Approve' }).click();
        await connectPage().getByRole('button', { name: 'Finish' }).click();
        await account('HubSpot Connected').waitFor();
        await total(40);
    });

    test('disconnecting asks first', async () => {
        await button('Disconnect Folk').click();
        await look(page, 'disconnect');
        await button('Keep it').click();
        await button('Disconnect Folk').click();
        await page.getByRole('alertdialog', { name: 'Disconnect Folk?' }).getByRole('button', { name: 'Disconnect' }).click();
        await account('Folk Not connected').waitFor();
        await total(31);
        await page.locator(':focus').filter({ hasText: 'Folk' }).waitFor();
    });

    test('what is deleted at Nango disappears here', async () => {
        await world.deleteAtNango('hubspot');
        await account('HubSpot Not connected').waitFor();
        await page.getByText('No contacts yet. Connect an account').waitFor();
    });

    test('consent that is denied connects nothing, and says so; then it is given', async () => {
        await button('Connect HubSpot').click();
        let opened = context.waitForEvent('page');
        await connectPage().getByRole('button', { name: 'Connect', exact: true }).click();
        await (await opened).getByRole('link', { name: 'Deny' }).click();
        await connectPage().getByRole('alert').waitFor();
        await connectPage().getByRole('button', { name: 'Close' }).first().click();
        await account('HubSpot')
            .getByRole('alert')
            .getByText('The resource owner denied the request. Nothing was connected.')
            .waitFor();
        await look(page, 'denied');
        await button('Connect HubSpot').click();
        opened = context.waitForEvent('page');
        await connectPage().getByRole('button', { name: 'Connect', exact: true }).click();
        await (await opened).getByRole('link', { name: 'Approve' }).click();
        await connectPage().getByRole('button', { name: 'Finish' }).click();
        await account('HubSpot Connected').waitFor();
        await total(31);
    });

    test('offline: the page says so, keeps what it has, and comes back by itself', async () => {
        await context.setOffline(true);
        const banner = page.getByText('You are offline, or the app is.');
        await banner.waitFor();
        await button('Refresh HubSpot').click();
        await page.getByRole('alert').getByText('You are offline. Nothing was changed.').waitFor();
        await look(page, 'offline');
        world.hubspot.add({ firstName: 'Aab', lastName: 'Meanwhile' });
        await world.syncNow();
        await context.setOffline(false);
        await banner.waitFor({ state: 'detached' });
        await rows().filter({ hasText: 'Aab Meanwhile' }).waitFor();
    });

    test('an error says what to do, and trying again does it', async () => {
        await page.route('**/api/contacts?*', (route) =>
            route.fulfill({ status: 400, json: { error: { message: 'Your contacts can not be read.', done: 'no' } } }),
        );
        await page.getByLabel('Search name, email or company').fill('a');
        await page.getByRole('alert').getByText('Your contacts can not be read.').waitFor();
        await look(page, 'error');
        await page.unroute('**/api/contacts?*');
        await button('Try again').click();
        await rows().first().waitFor();
        await page.keyboard.press('Escape');
    });

    test('signing out', async () => {
        await button('Sign out').click();
        await page.getByRole('button', { name: 'Ada Lovelace' }).waitFor();
        expect(await page.evaluate(() => fetch('/api/contacts').then(({ status }) => status))).toBe(401);
    });
});
