import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).optional();
const key = /^[a-zA-Z0-9~:.@ _-]+$/;
const connectionId = /^[a-zA-Z0-9,.;:=+~[\]|@${}"'\\/_ -]+$/;

/** The headers of contract 14.1, reported in this order (section 22). */
export const proxyHeaders = z.object({
    'provider-config-key': z.string().regex(key).max(255),
    'connection-id': z.string().regex(connectionId).max(255),
    retries: z.coerce.number().default(0),
    // Aborting, so that the issue is the union's (as in `webhookUrl`).
    'base-url-override': z.union([z.url({ abort: true }), z.literal('')]).optional(),
    decompress: flag,
    'retry-on': z
        .string()
        .regex(/^\d+(,\d+)*$/)
        .optional(),
    'forward-headers-on-redirect': flag,
    'nango-activity-log-id': z.string().max(255).optional(),
    'nango-is-sync': flag,
    'nango-is-dry-run': flag,
});

export type ProxyHeaders = z.output<typeof proxyHeaders>;

const forwardPrefix = 'nango-proxy-';

/** Belong to one hop or are worked out anew. */
const withheld = new Set(['connection', 'content-length', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What goes on to the provider: `Nango-Proxy-<Name>` as `<name>`, nothing else. */
export function forwardedHeaders(headers: Headers, incoming?: IncomingMessage): Record<string, string> {
    const forwarded: Record<string, string> = {};
    // Node has the names at hand; a walk over `headers` would check and sort all of them.
    const names = incoming ? Object.keys(incoming.headers) : [...headers.keys()];
    for (const name of names.filter((each) => each.startsWith(forwardPrefix)).sort()) {
        const own = name.slice(forwardPrefix.length);
        if (own !== '' && !withheld.has(own)) forwarded[own] = headers.get(name) as string;
    }
    return forwarded;
}
