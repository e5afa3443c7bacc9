/// <reference path="../browser-script.d.ts" />
import { randomBytes } from 'node:crypto';
import script from './browser/status-page.js?script';
import { pageMarkup } from './page-markup.js';
import { pageStyle } from './page-style.js';

/** The status page. Whatever it shows is put in as text by its script: ids and paths come from outside. */
export function statusPage(): Response {
    const nonce = randomBytes(12).toString('base64');
    const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nango emulator</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%230b7a75'/%3E%3Cpath d='M5 11V5l6 6V5' stroke='white' stroke-width='1.8' fill='none' stroke-linejoin='round' stroke-linecap='round'/%3E%3C/svg%3E">
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
${pageMarkup}
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
    return new Response(html, {
        headers: {
            'Content-Type': 'text/html; charset=utf-8',
            'Cache-Control': 'no-store',
            'X-Frame-Options': 'SAMEORIGIN',
            'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
        },
    });
}
