import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultApiKey, defaultEnvironmentUuid, type RunningEmulator, startEmulator } from '../../src/index.js';
import { launchChromium } from './chromium.js';
import { hasChromium } from './has-chromium.js';

/** Chromium finds both names on this machine; only one of them is said to be. */
const stranger = 'evil.example';

describe.skipIf(!hasChromium())('pages of two origins, in Chromium', () => {
    let emulator: RunningEmulator;
    let server: Server;
    let browser: Browser;

    beforeAll(async () => {
        emulator = await startEmulator({
            port: 0,
            seed: {
                integrations: [{ provider: 'unauthenticated', unique_key: 'github' }],
                connections: [{ provider_config_key: 'github', connection_id: 'c1', credentials: { type: 'NONE' } }],
            },
        });
        server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>A page</h1>'));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        browser = await launchChromium([`--host-resolver-rules=MAP ${stranger} 127.0.0.1`]);
    });
    afterAll(async () => {
        await browser?.close();
        await emulator?.close();
        server?.close();
    });

    async function pageOf(host: string): Promise<Page> {
        const page = await browser.newPage();
        await page.goto(`http://${host}:${(server.address() as AddressInfo).port}/`);
        return page;
    }

    /** What a page gets, by the status; 0 where the browser lets nothing be read. */
    const ask = (page: Page, method: string, path: string, mode: RequestMode = 'cors') =>
        page.evaluate(
            async ([url, init]) => {
                const response = await fetch(url as string, init as RequestInit).catch(() => undefined);
                return response?.status ?? -1;
            },
            [
                `${emulator.url}${path}`,
                {
                    method,
                    mode,
                    ...(mode === 'cors' ? { headers: { authorization: `Bearer ${defaultApiKey}` } } : {}),
                    ...(method === 'POST' ? { body: '{"type":"auth"}' } : {}),
                },
            ] as const,
        );
    const connection = '/connections/c1?provider_config_key=github';

    test('a stranger can not list, read or delete with the key that everybody knows, nor send webhooks', async () => {
        const page = await pageOf(stranger);
        expect(await ask(page, 'GET', '/connections')).toBe(403);
        expect(await ask(page, 'GET', connection)).toBe(403);
        expect(await ask(page, 'DELETE', connection)).toBe(403);
        // A simple request: no preflight asks, and the page can't read the answer. The log can.
        await ask(page, 'POST', `/webhook/${defaultEnvironmentUuid}/github`, 'no-cors');
        const requests = await emulator.control.requests();
        expect(requests.find(({ path }) => path.startsWith('/webhook/'))?.status).toBe(403);
    });

    test('a page of this machine can', async () => {
        const page = await pageOf('localhost');
        expect(await ask(page, 'GET', '/connections')).toBe(200);
        expect(await ask(page, 'DELETE', connection)).toBe(200);
    });
});
