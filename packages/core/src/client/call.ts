import { NangoConfigError } from '../errors/config-error.js';
import type { RateLimitStatus } from '../rate-limit/rate-limit-status.js';
import type { CachedRead } from '../token-cache/token-cache.js';
import type { CallInput } from '../types/call-input.js';
import type { Operation } from '../types/operation.js';
import type { CallOptions } from '../types/options.js';
import type { NangoResponse } from '../types/response.js';

/** What every client carries under `Symbol.for('nango.client.v1')`: a function that prints as nothing. */
export type ClientHandle = () => ClientPort;

/**
 * What a resource class asks of a client, whichever copy of core made it. The shape is fixed for as long as the symbol's
 * version is.
 */
export interface ClientPort {
    readonly settings: {
        apiKey: string;
        secretKey: string | undefined;
        webhookSigningKey: string | undefined;
        serverUrl: string;
        connectionId: string | undefined;
        providerConfigKey: string | undefined;
        isSync: boolean;
        isScript: boolean;
        dryRun: boolean;
        activityLogId: string | undefined;
        userAgent: string;
    };
    /** What is known of the account's rate limit. */
    readonly rateLimit: RateLimitStatus;
    /** The token cache; absent unless it was asked for. */
    readonly cached?:
        | {
              read<T>(read: CachedRead<T>): Promise<T>;
              forget(of: readonly string[], options?: CallOptions, begunAt?: number): Promise<void>;
          }
        | undefined;
    send<T>(operation: Operation, input: CallInput): Promise<NangoResponse<T>>;
}

/** Where the handle hangs. A registered symbol, so that two copies of core find each other's. */
export const clientKey: unique symbol = Symbol.for('nango.client.v1') as never;

/**
 * The state behind a client.
 *
 * @throws {NangoConfigError} when the object is no client, e.g. because a method was called without its object
 */
export function clientPort(client: object): ClientPort {
    const handle = (client as { [clientKey]?: ClientHandle } | undefined)?.[clientKey];
    if (!handle) {
        throw new NangoConfigError(
            'This is not a Nango client; was the method taken off its object (const { getConnection } = nango)? Call it as nango.getConnection(…)',
        );
    }
    return handle();
}

/** Makes a call and resolves to the answer's body. */
export async function call<T>(client: object, operation: Operation, input: CallInput = {}): Promise<T> {
    return (await clientPort(client).send<T>(operation, input)).data;
}

/** Makes a call and resolves to the whole answer. */
export async function callForResponse<T>(client: object, operation: Operation, input: CallInput = {}): Promise<NangoResponse<T>> {
    // Awaited, since a promise that is returned costs two more turns.
    return await clientPort(client).send<T>(operation, input);
}
