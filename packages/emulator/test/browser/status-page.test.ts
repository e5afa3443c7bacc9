import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { scene } from '../support/scene.js';
import { hasChromium, launchChromium } from './chromium.js';

describe.skipIf(!hasChromium())('the status page in Chromium', { timeout: 60_000 }, () => {
    let browser: Browser;
    let emulator: RunningEmulator;
    let page: Page;
    let complaints: string[];

    beforeAll(async () => {
        browser = await launchChromium();
        emulator = await startEmulator({ port: 0, seed: scene });
        emulator.defineSync('github', 'issues', { model: 'Issue', run: () => [{ id: 1 }] });
        await emulator.control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 2 });
        complaints = [];
        page = await browser.newPage();
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        await page.goto(emulator.url);
        await page.locator('#integrations tr').first().waitFor();
    }, 60_000);
    afterAll(async () => {
        await browser?.close();
        await emulator?.close();
    });

    const get = (path: string) => fetch(emulator.url + path, { headers: { Authorization: `Bearer ${emulator.apiKey}` } });

    test('shows what there is, and what comes, as text', async () => {
        await expect.poll(() => page.locator('#connections tr').count()).toBe(4);
        await expect.poll(() => page.locator('#faults').textContent()).toContain('status 503');
        await get('/connections/%3Cimg%20src=x%3E?provider_config_key=github');
        await get('/connections?search=<b>bold</b>');
        await expect.poll(() => page.locator('#requests').textContent()).toContain('search=');
        expect(await page.locator('#requests img, #requests b').count()).toBe(0);
        await fetch(`${emulator.url}/connections/k1?provider_config_key=key-api`, {
            method: 'DELETE',
            headers: { Authorization: `Bearer ${emulator.apiKey}` },
        });
        await expect.poll(() => page.locator('#connections tr').count()).toBe(3);
        await emulator.control.freeze('2030-01-01T00:00:00Z');
        await expect.poll(() => page.locator('#clock').textContent()).toBe('frozen');
        expect(await page.locator('#now').textContent()).toBe('2030-01-01 00:00:00 UTC');
        await emulator.control.resume();
        expect(complaints).toEqual([]);
    });

    test('passes axe in light and dark, and fits a phone', async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await page.evaluate(axe.source);
            const violations = await page.evaluate(async () => {
                const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
                return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
            });
            expect(violations, colorScheme).toEqual([]);
        }
        await page.setViewportSize({ width: 360, height: 700 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
});
