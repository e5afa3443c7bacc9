import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ConnectHarness } from './connect-harness.js';
import { expectAccessible } from './expect-accessible.js';
import { hasChromium } from './has-chromium.js';

const halfAnHour = 30 * 60_000;

describe.skipIf(!hasChromium())('the Connect page in Chromium', () => {
    const harness = new ConnectHarness();
    const connect = { name: 'Connect', exact: true } as const;
    const focused = () => harness.frame().evaluate(() => document.activeElement?.textContent ?? '');
    const untilFocused = (text: string) => expect.poll(focused).toContain(text);

    describe('a connect link', () => {
        const link = async (allowed?: string[]): Promise<Page> => {
            const page = await harness.context.newPage();
            await page.goto((await harness.newSession(allowed)).connect_link);
            return page;
        };

        test('connects; the token leaves the address, and a reload keeps the session', async () => {
            const page = await link();
            await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
            expect(page.url()).not.toContain('session_token');
            await page.reload();
            await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
            await page.getByRole('button', { name: 'Unauthenticated' }).click();
            await page.reload();
            await page.getByRole('button', { name: 'Unauthenticated' }).click();
            await page.getByRole('button', connect).click();
            await page.getByRole('heading', { name: 'Unauthenticated is connected' }).waitFor();
            expect(await page.getByRole('status').textContent()).toContain('Unauthenticated is connected');
            expect((await harness.api('GET', '/connections?endUserId=u1')).connections).toHaveLength(1);
        });

        test('a reload of an expired session says so; without a token there is nothing to do', async () => {
            const page = await link();
            await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
            await harness.emulator.context.clock.advance(halfAnHour);
            await page.reload();
            await page.getByRole('heading', { name: 'This session has expired' }).waitFor();
            // The session belongs to that place in the history, not to the tab.
            await page.goto(`${harness.emulator.url}/connect-ui/?theme=dark`);
            await page.getByRole('heading', { name: 'This page has no session' }).waitFor();
        });
    });

    describe('the window of an authorisation', () => {
        test('waiting is announced; the window can be opened again, and the old one is gone', async () => {
            const frame = await harness.open(['github']);
            const first = await harness.popup(() => frame.getByRole('button', connect).click());
            await frame.getByRole('status').getByText('Waiting for the other window').waitFor();
            await first.getByRole('link', { name: 'Approve' }).waitFor();
            const closed = first.waitForEvent('close');
            const second = await harness.popup(() => frame.getByRole('button', { name: 'Open the window again' }).click());
            await closed;
            await second.getByRole('link', { name: 'Approve' }).click();
            await frame.getByRole('status').getByText('GitHub (User OAuth) is connected').waitFor();
            await harness.expectConnected('github', (await harness.untilEvent('connect')).payload.connectionId);
        });

        test('the wait can be cancelled: the window closes, and one can start again', async () => {
            const frame = await harness.open(['github']);
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            const closed = popup.waitForEvent('close');
            await frame.getByRole('button', { name: 'Cancel' }).click();
            await closed;
            expect((await harness.untilEvent('error')).payload.errorType).toBe('window_closed');
            await untilFocused('Connect');
            expect(await frame.getByRole('alert').count()).toBe(0);
            const again = await harness.popup(() => frame.getByRole('button', connect).click());
            await again.getByRole('link', { name: 'Approve' }).click();
            await harness.untilEvent('connect');
        });

        test('closed early, or blocked by the browser: it can be opened again', async () => {
            const frame = await harness.open(['github']);
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            await popup.getByRole('link', { name: 'Approve' }).waitFor();
            await popup.close();
            const again = frame.getByRole('button', { name: 'Open the window again' });
            await frame.getByRole('alert').getByText('was closed before').waitFor();
            expect((await harness.untilEvent('error')).payload.errorType).toBe('window_closed');
            await harness.frame().evaluate(() => {
                Object.assign(window, { realOpen: window.open, open: () => null });
            });
            await again.click();
            await frame.getByRole('alert').getByText('Your browser blocked the window').waitFor();
            expect((await harness.events()).at(-1).payload.errorType).toBe('blocked_by_browser');
            await harness.frame().evaluate(() => Object.assign(window, { open: (window as any).realOpen }));
            await (await harness.popup(() => again.click())).getByRole('link', { name: 'Approve' }).click();
            await harness.untilEvent('connect');
        });

        test('the server goes away while the page waits: the wait ends', async () => {
            const frame = await harness.open(['github']);
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            await popup.getByRole('link', { name: 'Approve' }).waitFor();
            harness.emulator.context.sockets.close();
            await frame.getByRole('alert').getByText('lost its connection').waitFor();
            await frame.getByRole('button', { name: 'Try again' }).waitFor();
        });

        test.each(['the Connect page', 'nango.auth()'])(
            'an expired session: the window says so, and so does %s',
            async (opener) => {
                const { token } = await harness.newSession(['github']);
                await harness.given({ token, integration: 'github' });
                const frame = opener === 'nango.auth()' ? undefined : await harness.open({ token });
                await frame?.getByRole('button', connect).waitFor();
                await harness.emulator.context.clock.advance(halfAnHour);
                const page = await harness.popupPage(
                    () => frame?.getByRole('button', connect).click() ?? harness.page.click('#auth'),
                );
                expect(page).toContain('<h1>This session has expired</h1>');
                if (frame) {
                    await frame.getByRole('heading', { name: 'This session has expired' }).waitFor();
                    expect((await harness.untilEvent('error')).payload.errorType).toBe('unknown_connect_session_token');
                } else {
                    expect((await harness.untilEvent('rejected')).error).toBe('unknown_connect_session_token');
                }
            },
        );

        test.each([
            ['integration_not_allowed', ['bearer']],
            ['invalid_connect_session_token_format', 'made-up'],
        ])('what a session may not do is a page in the window too: %s', async (error, session) => {
            const token = typeof session === 'string' ? session : (await harness.newSession(session)).token;
            await harness.given({ token, integration: 'github' });
            expect(await harness.popupPage(() => harness.page.click('#auth'))).toContain(`Error code: ${error}<`);
            expect((await harness.untilEvent('rejected')).error).toBe(error);
        });

        test('a denial is said in plain words, in the window and on the page; the app gets the server’s own', async () => {
            // Kept open: the page answers the window's message, which closes it.
            const frame = await harness.open(['github']);
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            await popup.getByRole('link', { name: 'Deny' }).click();
            const words = await frame.getByRole('alert').textContent();
            expect(words).toMatch(/^You did not allow the access, so GitHub .* is not connected .* try again and choose Approve/);
            expect((await harness.untilEvent('error')).payload.errorMessage).toBe('The resource owner denied the request.');
        });
    });

    describe('back, Escape and what was entered', () => {
        /** Enough integrations for a search and for scrolling. */
        const many = async () => {
            const integrations = Array.from({ length: 30 }, (_, index) => ({
                provider: index % 2 ? 'private-api-bearer' : 'private-api-basic',
                unique_key: `many-${index}`,
                display_name: `Service ${String(index).padStart(2, '0')}`,
            }));
            await harness.emulator.control.seed({ integrations });
        };

        test('back keeps the search, the place and the focus; what was entered stays', async () => {
            await many();
            const frame = await harness.open();
            await frame.getByRole('searchbox').fill('service');
            const entry = frame.getByRole('button', { name: 'Service 21' });
            await entry.scrollIntoViewIfNeeded();
            const scrolled = () => harness.frame().evaluate(() => [document.getElementById('app')?.scrollTop ?? 0, scrollY]);
            const before = await scrolled();
            expect(Math.max(...before)).toBeGreaterThan(100);
            await entry.click();
            await frame.getByLabel('API key', { exact: true }).fill('typed');
            await frame.getByRole('button', { name: 'Back to the list' }).click();
            await untilFocused('Service 21');
            expect(await scrolled()).toEqual(before);
            expect(await frame.getByRole('searchbox').inputValue()).toBe('service');
            expect(await frame.getByRole('button', { name: 'GitHub' }).count()).toBe(0);
            await harness.page.keyboard.press('Enter');
            expect(await frame.getByLabel('API key', { exact: true }).inputValue()).toBe('typed');
        });

        test('Escape closes at once where nothing gets lost', async () => {
            const frame = await harness.open();
            await frame.getByRole('button', { name: 'Private API (Basic Auth)' }).click();
            await frame.getByLabel('Username').waitFor();
            await harness.page.keyboard.press('Escape');
            await harness.untilEvent('close');
        });

        test('Escape asks when something was entered, and a click beside the page does', async () => {
            const frame = await harness.open(['basic']);
            await frame.getByLabel('Username').fill('ann');
            await harness.page.keyboard.press('Escape');
            const dialog = frame.getByRole('dialog', { name: 'Close without connecting?' });
            await dialog.waitFor();
            await untilFocused('Keep editing');
            await harness.page.keyboard.press('Escape');
            await dialog.waitFor({ state: 'detached' });
            expect(await frame.getByLabel('Username').inputValue()).toBe('ann');
            expect(await harness.frame().evaluate(() => document.activeElement?.id)).toBe('credentials-username');
            await harness
                .frame()
                .locator('body')
                .click({ position: { x: 5, y: 5 } });
            await dialog.getByRole('button', { name: 'Keep editing' }).click();
            // Until it is gone, Escape is about this dialog.
            await dialog.waitFor({ state: 'detached' });
            expect((await harness.events()).map(({ type }) => type)).toEqual(['ready']);
            await harness.page.keyboard.press('Escape');
            await dialog.getByRole('button', { name: 'Close', exact: true }).click();
            await harness.untilEvent('close');
        });

        test('Escape asks while the page waits for a window', async () => {
            const frame = await harness.open(['github']);
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            await popup.getByRole('link', { name: 'Approve' }).waitFor();
            await untilFocused('Open the window again');
            await harness.page.bringToFront();
            await harness.page.keyboard.press('Escape');
            const stop = frame.getByRole('dialog', { name: 'Stop connecting?' }).getByRole('button', { name: 'Stop and close' });
            await Promise.all([popup.waitForEvent('close'), stop.click()]);
            await harness.untilEvent('close');
        });

        test('an address is understood where a part of it is asked for', async () => {
            const frame = await harness.open(['zendesk']);
            await frame.getByLabel('Zendesk subdomain').fill('https://acme.zendesk.com/');
            const popup = await harness.popup(() => frame.getByRole('button', connect).click());
            await popup.getByRole('link', { name: 'Approve' }).click();
            const connection = await harness.expectConnected(
                'zendesk',
                (await harness.untilEvent('connect')).payload.connectionId,
            );
            expect(connection.connection_config).toEqual({ subdomain: 'acme' });
        });
    });

    test('the whole way by keyboard alone, window and all', async () => {
        const frame = await harness.open();
        await untilFocused('Connect an account');
        const press = async (page: Page, name: string) => {
            for (let pressed = 0; pressed < 20; pressed++) {
                await page.keyboard.press('Tab');
                const at = page === harness.page ? harness.frame() : page.mainFrame();
                const text = await at.evaluate(
                    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
                );
                if (text?.includes(name)) return page.keyboard.press('Enter');
            }
            throw new Error(`Tab never reached "${name}".`);
        };
        await press(harness.page, 'Zendesk');
        await untilFocused('Connect Zendesk');
        await press(harness.page, 'Back to the list');
        await untilFocused('Zendesk');
        await harness.page.keyboard.press('Enter');
        await untilFocused('Connect Zendesk');
        await press(harness.page, 'Connect');
        // Something is missing: the focus is where.
        expect(await harness.frame().evaluate(() => document.activeElement?.id)).toBe('params-subdomain');
        await harness.page.keyboard.type('acme');
        const popup = await harness.popup(() => harness.page.keyboard.press('Enter'));
        await popup.getByRole('link', { name: 'Deny' }).waitFor();
        await press(popup, 'Deny');
        await frame.getByRole('alert').waitFor();
        await harness.page.bringToFront();
        await untilFocused('Try again');
        const again = await harness.popup(() => harness.page.keyboard.press('Enter'));
        await again.getByRole('link', { name: 'Approve' }).waitFor();
        await press(again, 'Approve');
        await harness.untilEvent('connect');
        await untilFocused('Finish');
        await harness.page.keyboard.press('Enter');
        await harness.untilEvent('close');
    });

    test('every state passes axe and fits, at both widths, in light and dark', async () => {
        const list = await harness.open();
        await list.getByRole('heading', { name: 'Connect an account' }).waitFor();
        await expectAccessible(harness.frame());

        const basic = await harness.open(['basic']);
        await basic.getByRole('button', connect).click();
        await basic.getByText('Username is required.').waitFor();
        await expectAccessible(harness.frame());
        await basic.getByLabel('Username').fill('ann');
        await harness.page.keyboard.press('Escape');
        await basic.getByRole('dialog').waitFor();
        await expectAccessible(harness.frame());

        const zendesk = await harness.open(['zendesk']);
        await zendesk.getByLabel('Zendesk subdomain').fill('acme');
        const popup = await harness.popup(() => zendesk.getByRole('button', connect).click());
        await popup.getByRole('link', { name: 'Deny' }).waitFor();
        await expectAccessible(popup.mainFrame());
        await expectAccessible(harness.frame());
        await popup.getByRole('link', { name: 'Deny' }).click();
        await zendesk.getByRole('alert').waitFor();
        await expectAccessible(harness.frame());
        const again = await harness.popup(() => zendesk.getByRole('button', { name: 'Try again' }).click());
        await again.getByRole('link', { name: 'Approve' }).click();
        await zendesk.getByRole('button', { name: 'Finish' }).waitFor();
        await expectAccessible(harness.frame());

        const callback = await harness.context.newPage();
        await callback.goto(`${harness.emulator.url}/oauth/callback?state=none`);
        await expectAccessible(callback.mainFrame());
        const expired = await harness.open({ token: `nango_connect_session_${'0'.repeat(64)}` });
        await expired.getByRole('heading', { name: 'This session has expired' }).waitFor();
        await expectAccessible(harness.frame());
    });
});
