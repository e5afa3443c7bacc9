import {
    isReconnectRequired,
    NangoInputError,
    NangoNetworkError,
    NangoNotFoundError,
    NangoProviderError,
    NangoRateLimitError,
    NangoTimeoutError,
} from '@x/node';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { integrationOf } from './integrations.js';
import { findLink, forgetConnection, type Link, setState } from './links.js';
import type { AppEnv, Services } from './services.js';
import type { User } from './users.js';

/** What a user sees when something did not work. */
export interface Failure {
    /** What happened, and what to do. */
    readonly message: string;
    /** Whether what was asked for was done all the same. */
    readonly done: 'no' | 'maybe';
    /** What the page offers. */
    readonly action?: 'connect' | 'reconnect' | 'sign-in' | 'retry';
    readonly integrationId?: string;
}

/** Something that the user can do about. */
export class FailureError extends Error {
    override readonly name = 'FailureError';

    constructor(
        readonly status: ContentfulStatusCode,
        readonly failure: Failure,
        options?: ErrorOptions,
    ) {
        super(failure.message, options);
    }
}

/**
 * Works with the tenant's connection of an integration, and notes what its failures say about it.
 *
 * @throws {HTTPException} 404: this product has no such integration
 * @throws {FailureError} there is no connection, it is gone at Nango, or its credentials are refused
 */
export async function withLink<T>(
    services: Services,
    user: User,
    integrationId: string,
    work: (link: Link) => Promise<T>,
): Promise<T> {
    const integration = integrationOf(integrationId);
    if (!integration) throw new HTTPException(404, { message: 'There is no such integration.' });
    const { id, name } = integration;
    const link = await findLink(services.database.tables, user.tenant.id, id);
    const missing = (message: string, options?: ErrorOptions) =>
        new FailureError(409, { message, done: 'no', action: 'connect', integrationId }, options);
    if (!link) throw missing(`${name} is not connected. Connect it first.`);
    try {
        return await work(link);
    } catch (cause) {
        if (isGone(cause)) {
            await forgetConnection(services, link);
            throw missing(`The connection to ${name} is gone: somebody deleted it. Connect it again.`, { cause });
        }
        if (!isReconnectRequired(cause)) throw cause;
        await setState(services, link, 'broken');
        const message = `${name} no longer accepts the access that it gave. Connect again to go on.`;
        throw new FailureError(409, { message, done: 'no', action: 'reconnect', integrationId }, { cause });
    }
}

/** The connection was deleted at Nango: 400 `unknown_connection`, or 404 where it is read by its id. */
export function isGone(error: unknown): boolean {
    return NangoNotFoundError.isInstance(error) && (error.code === 'unknown_connection' || error.operation === 'getConnection');
}

/** Turns whatever a route threw into an answer that says what happened, without internals. */
export function answerFailure({ log }: Services): (error: unknown, c: Context<AppEnv>) => Response {
    return (error, c) => {
        const { status, failure } = explain(error);
        // What is not ours is no reason to wake anybody.
        const at = { error, method: c.req.method, path: c.req.path };
        if (status === 500) log.error(at, 'request failed');
        else if (status > 500) log.warn(at, 'request failed');
        return c.json({ error: failure }, status);
    };
}

/** What an error means for the user. */
export function explain(error: unknown): { status: ContentfulStatusCode; failure: Failure } {
    const told = (status: ContentfulStatusCode, message: string, done: Failure['done'], action?: 'retry') => ({
        status,
        failure: { message, done, ...(action && { action }) },
    });
    if (error instanceof FailureError) return error;
    if (error instanceof HTTPException) {
        return told(error.status as ContentfulStatusCode, error.message || 'That is not allowed.', 'no');
    }
    if (NangoInputError.isInstance(error)) return told(400, 'The request can not be sent like this.', 'no');
    if (NangoRateLimitError.isInstance(error)) return told(503, 'We are busy. Try again in a minute.', 'no', 'retry');
    if (NangoProviderError.isInstance(error)) {
        const name = 'The connected service';
        if (error.status >= 500) return told(502, `${name} has a problem (${error.status}).`, 'maybe', 'retry');
        return told(502, `${name} refused that: ${error.message}`, 'no');
    }
    if (NangoTimeoutError.isInstance(error) || NangoNetworkError.isInstance(error)) {
        const done = error.progress === 'not-sent' ? 'no' : 'maybe';
        return told(504, 'The connected service did not answer in time.', done, 'retry');
    }
    return told(500, 'Something went wrong on our side. We have been notified.', 'maybe', 'retry');
}
