import { createHash } from 'node:crypto';
import { Html, html } from './html.js';

export interface Page {
    title: string;
    body: Html;
    /** The text of the page's only script; its hash is what the content security policy allows. */
    script?: string;
    style: string;
    status?: number;
    /** Whether other pages may show it in a frame. Pages that hold a button worth a click from elsewhere must not be. */
    framed?: boolean;
    /** The page's own origin for WebSockets: not every browser counts it as `'self'`. */
    socketOrigin?: string | undefined;
}

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** An HTML answer that runs nothing but its own script and is never cached. */
export function pageResponse(page: Page): Response {
    const { title, body, script, style, status = 200, framed = false } = page;
    const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
${body}
${script === undefined ? null : html`<script>${new Html(script)}</script>`}
</body>
</html>
`;
    const policy = [
        "default-src 'none'",
        `style-src ${hash(style)}`,
        ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
        `connect-src 'self'${page.socketOrigin ? ` ${page.socketOrigin}` : ''}`,
        'img-src data:',
        "base-uri 'none'",
        "form-action 'self'",
        `frame-ancestors ${framed ? '*' : "'none'"}`,
    ];
    return new Response(document.text, {
        status,
        headers: {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': policy.join('; '),
            'Cache-Control': 'no-store',
            'Referrer-Policy': 'no-referrer',
            'X-Content-Type-Options': 'nosniff',
        },
    });
}
