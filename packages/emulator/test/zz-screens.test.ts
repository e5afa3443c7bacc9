import { expect, test } from 'vitest';
import { startEmulator } from '../src/start-emulator.js';
import { launchChromium } from './chromium.js';
import { startCustomerApp } from './customer-app.js';

test('screens', { timeout: 200_000 }, async () => {
    const browser = await launchChromium();
    const app = await startCustomerApp('x');
    const emulator = await startEmulator({ port: 0 });
    const api = async (method: string, path: string, body?: unknown) =>
        (await (await fetch(emulator.url + path, { method, headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()) as any;
    const client = { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs', scopes: 'repo,read:user' };
    for (const p of ['github', 'hubspot', 'slack', 'google', 'zendesk']) await api('POST', '/integrations', { provider: p, unique_key: p, credentials: client });
    for (const p of ['private-api-bearer', 'private-api-basic', 'unauthenticated', 'auth0', 'bill']) await api('POST', '/integrations', { provider: p, unique_key: p });
    const session = async (allowed?: string[]) => (await api('POST', '/connect/sessions', { end_user: { id: 'u1', email: 'ann@example.com', display_name: 'Ann Chovey' }, ...(allowed && { allowed_integrations: allowed }) })).data.token;
    for (const theme of ['light', 'dark'] as const) {
        for (const [size, viewport] of [['desk', { width: 1100, height: 780 }], ['phone', { width: 375, height: 700 }]] as const) {
            const context = await browser.newContext({ viewport, colorScheme: theme, deviceScaleFactor: 1 });
            const page = await context.newPage();
            const shot = async (name: string, p = page) => { await p.waitForTimeout(150); await p.screenshot({ path: `/tmp/shots/${name}-${theme}-${size}.png` }); };
            const open = async (token: string) => { await page.goto(`${app.url}/?${new URLSearchParams({ api: emulator.url, token })}`); await page.click('#open'); return page.frameLocator('#connect-ui'); };
            let f = await open(await session());
            await f.getByRole('heading', { name: 'Connect an account' }).waitFor(); await shot('list');
            f = await open(await session(['private-api-bearer', 'private-api-basic']));
            await f.getByRole('button', { name: 'Private API (Bearer Auth)' }).click();
            await f.getByLabel('API key', { exact: true }).fill('abcdef'); await shot('apikey');
            f = await open(await session(['private-api-basic']));
            await f.getByRole('button', { name: 'Connect', exact: true }).click(); await shot('basic-invalid');
            f = await open(await session(['auth0'])); await f.getByRole('button', { name: 'Connect', exact: true }).waitFor(); await shot('auth0');
            f = await open(await session(['zendesk'])); await f.getByRole('button', { name: 'Connect', exact: true }).waitFor(); await shot('zendesk');
            f = await open(await session(['github']));
            let opened = context.waitForEvent('page');
            await f.getByRole('button', { name: 'Connect', exact: true }).click();
            let popup = await opened; await popup.getByRole('link', { name: 'Deny' }).waitFor(); await shot('consent', popup);
            await shot('waiting');
            const lost = await context.newPage(); await lost.goto(`${emulator.url}/oauth/callback?state=x`); await shot('callback-error', lost); await lost.close();
            await popup.getByRole('link', { name: 'Deny' }).click(); await f.getByRole('alert').waitFor(); await shot('denied');
            opened = context.waitForEvent('page');
            await f.getByRole('button', { name: 'Try again' }).click(); popup = await opened;
            await popup.addInitScript('setTimeout = () => 0; window.close = () => 0');
            await popup.getByRole('link', { name: 'Approve' }).click(); await popup.getByRole('heading', { name: 'Connected' }).waitFor(); await shot('callback', popup).catch(() => undefined);
            await f.getByRole('button', { name: 'Finish' }).waitFor(); await shot('success');
            f = await open(`nango_connect_session_${'0'.repeat(64)}`); await f.getByRole('heading', { name: 'This session has expired' }).waitFor(); await shot('expired');
            await page.goto(`${emulator.url}/connect-ui/?session_token=${await session()}`); await page.getByRole('heading', { name: 'Connect an account' }).waitFor(); await shot('direct');
            await context.close();
        }
    }
    await browser.close(); await emulator.close(); app.close();
    expect(1).toBe(1);
});
