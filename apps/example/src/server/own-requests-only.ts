import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a foreign `Host` (a page elsewhere whose name was pointed at this address), and changes that another page asks for.
 *
 * @param origins the addresses of this app
 */
export function ownRequestsOnly(origins: () => readonly string[]): MiddlewareHandler {
    return async (c, next) => {
        const hosts = origins().map((origin) => new URL(origin).host);
        if (!hosts.includes((c.req.header('host') ?? '').toLowerCase())) {
            throw new HTTPException(421, { message: 'This address is not one of this app.' });
        }
        await next();
    };
}

/** Refuses changes that another page asks for. Browsers send `Origin` with each of them. */
export function ownOriginOnly(origins: () => readonly string[]): MiddlewareHandler {
    return async (c, next) => {
        if (!safe.has(c.req.method) && !origins().includes(c.req.header('origin') ?? '')) {
            throw new HTTPException(403, { message: 'This request does not come from this app.' });
        }
        await next();
    };
}
