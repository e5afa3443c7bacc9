import { isReconnectRequired, NangoNetworkError, NangoProviderError, NangoRateLimitError, NangoTimeoutError } from '@x/node';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { AppEnv } from './app-context.js';

/** The user has not connected the integration yet. */
export class NotConnectedError extends Error {
    override readonly name = 'NotConnectedError';

    constructor(readonly integrationId: string) {
        super(`Connect ${integrationId} first`);
    }
}

/** Turns whatever a route threw into an answer that says what the user can do, without internals. */
export function answerError(error: unknown, c: Context<AppEnv>): Response {
    if (error instanceof HTTPException) return c.json({ error: error.message || 'Not allowed' }, error.status);
    if (error instanceof NotConnectedError) {
        return c.json({ error: error.message, action: 'connect', integrationId: error.integrationId }, 409);
    }
    // The token was revoked: only the user can repair that.
    if (isReconnectRequired(error)) return c.json({ error: 'Please connect again', action: 'reconnect' }, 409);
    if (error instanceof NangoRateLimitError) {
        return c.json({ error: 'Busy, try again shortly' }, 503, { 'retry-after': String(error.retryAfter ?? 60) });
    }
    // Their API failed, not ours and not Nango's: its status and a code are safe to log, and nobody needs to be woken.
    if (error instanceof NangoProviderError) {
        console.warn(`${error.operation}: the provider answered ${error.status}`);
        return c.json({ error: 'The connected service refused the request' }, 502);
    }
    if (error instanceof NangoTimeoutError || error instanceof NangoNetworkError) {
        return c.json({ error: 'The connected service did not answer in time' }, 504);
    }
    // Errors of @x/node hold no key and no token: they may be logged as they are.
    console.error(error);
    return c.json({ error: 'Something went wrong' }, 500);
}
