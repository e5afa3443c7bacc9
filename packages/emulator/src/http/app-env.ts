import type { Context, Hono } from 'hono';
import type { AuthResult } from '../auth/auth-result.js';

/** What travels with a request through the middleware. */
export interface AppEnv {
    Bindings: {
        /** Node's own objects, when the request came through `startEmulator`. */
        incoming?: import('node:http').IncomingMessage;
        outgoing?: import('node:http').ServerResponse;
    };
    Variables: {
        /** The parsed body: undefined when there is none. */
        body: unknown;
        auth: AuthResult | null;
        /** The operation that answers, for the request log and faults. */
        operation: string | null;
        /** The fault that was injected, for the request log. */
        fault: string | null;
        /** Whether the request was refused before it was routed. */
        refusedEarly: boolean;
        rateLimitHeaders: Record<string, string> | null;
    };
}

export type AppContext = Context<AppEnv>;
export type App = Hono<AppEnv>;
