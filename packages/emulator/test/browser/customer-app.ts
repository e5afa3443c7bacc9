import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
const frontend = dirname(require.resolve('@nangohq/frontend'));

/** A product that integrates: a page with the vendor's frontend package, and an endpoint for webhooks. */
export interface CustomerApp {
    url: string;
    /** Webhooks whose signature was right, in the order they came. */
    webhooks: Record<string, unknown>[];
    /** How many came with a wrong one. */
    refused: number;
    close(): void;
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Customer app</title><link rel="icon" href="data:,"><h1>Customer app</h1>
<button id="open">Connect</button><button id="form">Connect with own form</button><button id="auth">Connect without the page</button>
<script type="module">
import Nango from '/frontend/index.js';
// The tests say what the page would know from its own server: window.given.
window.events = [];
document.getElementById('open').onclick = () => {
    const { api, token, theme } = window.given;
    window.connectUI?.close();
    window.events = [];
    window.connectUI = new Nango().openConnectUI({
        baseURL: api + '/connect-ui', apiURL: api, sessionToken: token, detectClosedAuthWindow: true, themeOverride: theme,
        onEvent: (event) => window.events.push(event),
    });
};
document.getElementById('form').onclick = async () => {
    const nango = new Nango({ host: window.given.api, connectSessionToken: window.given.token });
    const settle = (promise) => promise.then((result) => result, (error) => ({ error: error.type }));
    window.events.push({
        type: 'forms',
        results: [
            await settle(nango.auth('bearer', { credentials: { apiKey: 'k' }, params: { region: 'eu' } })),
            await settle(nango.auth('basic', { credentials: { username: 'u', password: 'p' } })),
            await settle(nango.create('none')),
            await settle(nango.auth('basic', { credentials: { apiKey: 'k' } })),
            await settle(nango.auth('nowhere', { credentials: { apiKey: 'k' } })),
        ],
    });
};
document.getElementById('auth').onclick = () => {
    const { api, token, integration } = window.given;
    window.events = [];
    new Nango({ host: api, connectSessionToken: token }).auth(integration, { detectClosedAuthWindow: true }).then(
        (result) => window.events.push({ type: 'resolved', result }),
        (error) => window.events.push({ type: 'rejected', error: error.type, message: error.message }),
    );
};
</script></html>`;

export async function startCustomerApp(webhookSigningKey: string): Promise<CustomerApp> {
    const server = createServer(async (request, response) => {
        const path = new URL(request.url ?? '/', 'http://app').pathname;
        if (path === '/webhooks') {
            const body = await text(request);
            const expected = createHmac('sha256', webhookSigningKey).update(body).digest();
            const given = Buffer.from(String(request.headers['x-nango-hmac-sha256']), 'hex');
            if (given.length === expected.length && timingSafeEqual(given, expected)) app.webhooks.push(JSON.parse(body));
            else app.refused += 1;
            response.end();
        } else if (/^\/frontend\/[a-zA-Z]+\.js$/.test(path)) {
            response.writeHead(200, { 'content-type': 'text/javascript' });
            response.end(await readFile(join(frontend, path.slice('/frontend/'.length))));
        } else if (path === '/') {
            response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        } else {
            response.writeHead(404).end();
        }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const app: CustomerApp = {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        webhooks: [],
        refused: 0,
        close: () => server.close().closeAllConnections(),
    };
    return app;
}
