import { FetchTransport } from '../transport/fetch-transport.js';
import type { Platform } from './platform.js';

interface Globals {
    navigator?: { userAgent?: string };
    Deno?: { version?: { deno?: string } };
    Bun?: { version?: string };
    EdgeRuntime?: unknown;
}

/** Workers, Deno, Bun, edge runtimes and browsers. */
export const platform: Platform = {
    runtime() {
        const { Deno, Bun, EdgeRuntime, navigator } = globalThis as Globals;
        if (Deno?.version?.deno) return `deno/${Deno.version.deno}`;
        if (Bun?.version) return `bun/${Bun.version}`;
        if (EdgeRuntime !== undefined) return 'edge-runtime';
        return navigator?.userAgent === 'Cloudflare-Workers' ? 'workerd' : 'fetch';
    },
    createTransport: (options) => new FetchTransport(options.fetch),
    async sha256(text) {
        const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
        return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    sharesPromises: false,
};
