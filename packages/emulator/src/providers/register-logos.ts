import { escapeHtml } from '../connect/pages/html.js';
import type { EmulatorContext } from '../context.js';
import { expressNotFound } from '../http/html-pages.js';
import type { Routes } from '../http/routes.js';

/** What `logo_url` points at: not the provider's own logo, but its first letter on a colour of its own. */
export function registerLogos(routes: Routes, context: EmulatorContext): void {
    routes.hono.get('/images/template-logos/:file', (c) => {
        c.set('operation', 'logo');
        const name = c.req.param('file').replace(/\.svg$/, '');
        const provider = context.providers.get(name);
        if (!provider) return expressNotFound('GET', c.req.path);
        const hue = [...name].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 360, 7);
        const letter = escapeHtml(provider.display_name.charAt(0).toUpperCase());
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" role="img" aria-label="${escapeHtml(provider.display_name)}"><rect width="40" height="40" rx="9" fill="hsl(${hue} 45% 38%)"/><text x="20" y="27" text-anchor="middle" font-family="system-ui, sans-serif" font-size="20" font-weight="600" fill="#fff">${letter}</text></svg>`;
        return new Response(svg, {
            headers: { 'Content-Type': 'image/svg+xml', 'Content-Security-Policy': "default-src 'none'" },
        });
    });
}
