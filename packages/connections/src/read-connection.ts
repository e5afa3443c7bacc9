import { type CallOptions, call, type Operation } from '@x/core';
import { cachedCall } from '@x/core/internal';
import type { Connection } from './connection.js';
import { type FetchFlags, fetchConnection } from './fetch-options.js';

/** Fetches one connection with its credentials, by way of the token cache where the client has one. */
export async function readConnection<C extends { credentials: object } = Connection>(
    client: object,
    operation: Operation,
    providerConfigKey: string,
    connectionId: string,
    flags: FetchFlags,
    options: CallOptions | undefined,
): Promise<C> {
    const fetched = fetchConnection(operation, providerConfigKey, connectionId, flags, options);
    const fresh = flags.forceRefresh || flags.refreshGithubAppJwtToken;
    return cachedCall<C>(client, {
        of: fetched.of,
        // A refresh token is worth more than the cache is for.
        mode: flags.refreshToken && !fresh ? 'pass' : fresh ? 'refresh' : 'read',
        options,
        load: (begunAt) => call<C>(client, fetched.operation, { begunAt, ...fetched.input }),
        expiresAt: (connection) => (flags.refreshToken ? false : expiryOf(connection.credentials)),
    });
}

/** `false` for a connection without credentials: whether its key may not see them can change at any time. */
function expiryOf(credentials: object): string | undefined | false {
    if (Object.keys(credentials ?? {}).length === 0) return false;
    const { expires_at: expiresAt } = credentials as { expires_at?: unknown };
    return typeof expiresAt === 'string' ? expiresAt : undefined;
}
