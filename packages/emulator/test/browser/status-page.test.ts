import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { scene } from '../support/scene.js';
import { launchChromium } from './chromium.js';
import { expectAccessible } from './expect-accessible.js';
import { hasChromium } from './has-chromium.js';

describe.skipIf(!hasChromium())('the status page in Chromium', () => {
    let browser: Browser;
    let emulator: RunningEmulator;
    let receiver: Server;
    /** What the receiver of webhooks answers. */
    let answer: [status: number, body: string];
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
        receiver = createServer((_request, response) => response.writeHead(answer[0]).end(answer[1]));
        await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
        const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?token=abc`;
        [browser, emulator] = await Promise.all([launchChromium(), startEmulator({ port: 0, seed: scene, webhookUrl })]);
        page = await browser.newPage({ viewport: { width: 1280, height: 844 } });
        page.setDefaultTimeout(120_000);
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    });
    afterAll(async () => {
        await browser?.close();
        await emulator?.close();
        receiver?.close().closeAllConnections();
        expect(complaints).toEqual([]);
    });

    beforeEach(async () => {
        answer = [200, 'thanks'];
        await emulator.control.reset();
        await page.goto(emulator.url);
        await expect.poll(() => text('#live')).toBe('live');
        await row('integrations', 'github').waitFor();
    });

    const get = (path: string, headers = {}) =>
        fetch(emulator.url + path, { headers: { Authorization: `Bearer ${emulator.apiKey}`, ...headers } });
    const text = (selector: string) => page.locator(selector).textContent();
    const rows = (list: string) => page.locator(`#${list} tr`);
    const row = (list: string, has: string): Locator => rows(list).filter({ hasText: has });
    const filter = (list: string, label: string) => page.locator(`#${list}-filters`).getByLabel(label);
    const dialog = () => page.getByRole('dialog');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const sendWebhook = async (type: string) => {
        await emulator.control.sendWebhook({ type, connectionId: 'octo', providerConfigKey: 'github' });
        await emulator.control.settle();
    };

    test('shows what there is, and what comes, as text', async () => {
        await emulator.control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 2 });
        await expect.poll(() => rows('connections').count()).toBe(4);
        await expect.poll(() => text('#faults')).toContain('status 503');
        await get('/connections/%3Cimg%20src=x%3E?provider_config_key=github');
        await get('/connections?search=<b>bold</b>');
        await row('requests', 'search=').waitFor();
        expect(await page.locator('#requests img, #requests b').count()).toBe(0);
        await fetch(`${emulator.url}/connections/k1?provider_config_key=key-api`, {
            method: 'DELETE',
            headers: { Authorization: `Bearer ${emulator.apiKey}` },
        });
        await expect.poll(() => rows('connections').count()).toBe(3);
        await emulator.control.freeze('2030-01-01T00:00:00Z');
        await expect.poll(() => text('#clock')).toBe('frozen');
        expect(await text('#now')).toBe('2030-01-01 00:00:00 UTC');
        await emulator.control.resume();
    });

    test('filters requests over all that is kept, by status, path and connection; the address keeps the filter', async () => {
        await get('/connections/nobody?provider_config_key=github');
        await get('/connections/octo?provider_config_key=github');
        for (let count = 0; count < 60; count++) await get('/connections');
        await expect.poll(() => text('#requests-count')).toBe('last 50 of 62');
        await page.locator('#requests-more').click();
        await expect.poll(() => text('#requests-count')).toBe('62');
        await expect.poll(() => rows('requests').count()).toBe(62);

        await filter('requests', 'Status').selectOption('404');
        await expect.poll(() => text('#requests-count')).toBe('1 of 62 match');
        expect(await rows('requests').allInnerTexts()).toEqual([expect.stringContaining('/connections/nobody')]);
        await page.reload();
        await expect.poll(() => text('#requests-count')).toBe('1 of 62 match');
        expect(await filter('requests', 'Status').inputValue()).toBe('404');
        await filter('requests', 'Connection').fill('octo');
        await page.locator('#requests-unmatched').waitFor();
        await filter('requests', 'Status').selectOption('');
        await expect.poll(() => text('#requests-count')).toBe('1 of 62 match');
        await filter('requests', 'Path').fill('get*octo');
        await row('requests', '/connections/octo').waitFor();
        await page.getByRole('button', { name: 'Clear' }).click();
        await expect.poll(() => text('#requests-count')).toBe('last 50 of 62');
        expect(new URL(page.url()).search).toBe('');

        await row('connections', 'octo').getByRole('button').click();
        await expect.poll(() => text('#requests-count')).toBe('1 of 62 match');
    });

    test('a request in full, secrets masked; the page waits meanwhile and says so', async () => {
        await get('/connections/octo?provider_config_key=github', { cookie: 'sid=of-ann' });
        await row('requests', '/connections/octo').getByRole('button').click();
        await dialog().getByText('Updates of the page are paused').waitFor();
        const shown = (await dialog().textContent()) ?? '';
        expect(shown).toContain('Bearer ***');
        expect(shown).toContain('"access_token": "***"');
        for (const secret of [emulator.apiKey, 'of-ann', 'gho_access', 'ghr_refresh']) expect(shown).not.toContain(secret);
        expect(await text('#live')).toBe('paused: details open');
        await get('/connections/later?provider_config_key=github');
        await page.keyboard.press('Escape');
        // What came meanwhile is there now, and the focus is where it was.
        await row('requests', '/connections/later').waitFor();
        expect(await focused()).toContain('/connections/octo');
        expect(await text('#live')).toBe('live');
        await row('requests', '/connections/octo').click({ position: { x: 10, y: 10 } });
        await dialog().getByRole('button', { name: 'Show only this' }).click();
        await expect.poll(() => text('#requests-count')).toBe('1 of 2 match');
    });

    test('a delivery, what the receiver said, and once more', async () => {
        answer = [401, 'The signature is wrong.'];
        await sendWebhook('auth');
        await filter('deliveries', 'Status').selectOption('failed');
        await row('deliveries', 'auth').getByRole('button').click();
        await dialog().getByText('answered 401').waitFor();
        const shown = (await dialog().textContent()) ?? '';
        expect(shown).toContain('The signature is wrong.');
        expect(shown).toContain('token=***');
        answer = [200, 'thanks'];
        await dialog().getByRole('button', { name: 'Send again' }).click();
        // The new delivery takes the place of the old one, and its outcome comes by itself.
        await dialog().getByText('answered 200').waitFor();
        expect(await dialog().getByRole('status').textContent()).toContain('Sent again');
        expect(await focused()).toBe('Send again');
        await page.keyboard.press('Escape');
        await filter('deliveries', 'Status').selectOption('');
        await expect.poll(() => rows('deliveries').count()).toBe(2);
    });

    test('an address where nobody listens: the error is there', async () => {
        await emulator.control.settings({ webhook_url: 'http://127.0.0.1:1/hook' });
        await emulator.control.freeze();
        await sendWebhook('sync');
        await emulator.control.advance(10_000);
        await row('deliveries', 'sync').getByRole('button').click();
        await dialog().getByText('ECONNREFUSED').first().waitFor();
        expect(await dialog().getByText('ECONNREFUSED').count()).toBe(3);
    });

    test('new rows move neither focus nor selection', async () => {
        await get('/connections/first?provider_config_key=github');
        const first = row('requests', '/connections/first').getByRole('button');
        await first.focus();
        await get('/connections/second?provider_config_key=github');
        await row('requests', '/connections/second').waitFor();
        expect(await focused()).toContain('/connections/first');

        await page.evaluate(() => {
            const cell = document.querySelector('#connections td') as HTMLElement;
            document.getSelection()?.selectAllChildren(cell);
        });
        await expect.poll(() => text('#live')).toBe('paused: text selected');
        const selected = await page.evaluate(() => String(document.getSelection()));
        await get('/connections/third?provider_config_key=github');
        await expect.poll(async () => (await emulator.control.requests()).length).toBe(3);
        expect(await page.evaluate(() => String(document.getSelection()))).toBe(selected);
        await page.evaluate(() => document.getSelection()?.removeAllRanges());
        await row('requests', '/connections/third').waitFor();
        expect(await text('#live')).toBe('live');
    });

    test('by keyboard alone: filter, open, send again, close, go on to the next', async () => {
        answer = [500, 'no'];
        await emulator.control.freeze();
        await sendWebhook('forward');
        await sendWebhook('auth');
        await expect.poll(() => rows('deliveries').count()).toBe(2);
        const tabTo = async (name: string) => {
            for (let pressed = 0; pressed < 60; pressed++) {
                await page.keyboard.press('Tab');
                const at = await page.evaluate(() => {
                    const { activeElement: element } = document;
                    return element?.getAttribute('name') ?? element?.textContent ?? '';
                });
                if (at === name) return;
            }
            throw new Error(`Tab never reached "${name}".`);
        };
        await page.keyboard.press('Tab');
        expect(await focused()).toBe('Skip to the content');
        await page.keyboard.press('Enter');
        await tabTo('auth');
        await page.keyboard.press('ArrowDown');
        expect(await focused()).toBe('forward');
        await page.keyboard.press('Enter');
        await dialog().waitFor();
        answer = [200, 'thanks'];
        await tabTo('Send again');
        await page.keyboard.press('Enter');
        await dialog().getByText('answered 200').waitFor();
        await page.keyboard.press('Escape');
        await dialog().waitFor({ state: 'hidden' });
        await expect.poll(() => rows('deliveries').count()).toBe(3);
        expect(await focused()).toBe('forward');
    });

    test('passes axe and fits, at both widths, in light and dark: empty, filled, filtered, details', async () => {
        await expectAccessible(page.mainFrame());
        answer = [401, 'The signature is wrong.'];
        await sendWebhook('auth');
        await emulator.control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 2 });
        await get(`/connections/${'long'.repeat(40)}?provider_config_key=github&cursor=${'c'.repeat(200)}`);
        await filter('requests', 'Status').selectOption('4xx');
        await expect.poll(() => text('#requests-count')).toBe('1 of 1 match');
        await filter('deliveries', 'Connection').fill('nobody');
        await page.locator('#deliveries-unmatched').waitFor();
        await expectAccessible(page.mainFrame());
        await filter('deliveries', 'Connection').fill('');
        await row('requests', 'longlong').getByRole('button').click();
        await dialog().getByText('Updates of the page are paused').waitFor();
        await expectAccessible(page.mainFrame());
        await page.keyboard.press('Escape');
        await row('deliveries', 'auth').getByRole('button').click();
        await dialog().getByText('answered 401').waitFor();
        await expectAccessible(page.mainFrame());
    });
});
