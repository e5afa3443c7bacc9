import { type CallOptions, call, NangoApiError, NangoPermissionError, type Operation } from '@x/core';
import type { Connection } from './connection.js';
import type { AllAuthCredentials, ConnectionToken } from './credentials.js';
import type { FetchFlags } from './fetch-options.js';
import * as operations from './operations.js';
import { readConnection } from './read-connection.js';

/**
 * The credentials of a connection, by way of the token cache where the client has one.
 *
 * @throws {NangoPermissionError} there are none, because the key lacks the scope
 */
export async function readCredentials(
    client: object,
    operation: Operation,
    providerConfigKey: string,
    connectionId: string,
    { flags, options }: { flags: FetchFlags; options: CallOptions | undefined },
): Promise<AllAuthCredentials> {
    const connection: Connection = await readConnection(client, operation, providerConfigKey, connectionId, flags, options);
    await requireCredentials(client, operation, connection, options);
    return connection.credentials;
}

/** What `getToken` makes of credentials. */
export function tokenOf(credentials: AllAuthCredentials): ConnectionToken {
    if (credentials.type === 'OAUTH2') return credentials.access_token;
    if (credentials.type === 'OAUTH1') {
        return { oAuthToken: credentials.oauth_token, oAuthTokenSecret: credentials.oauth_token_secret };
    }
    return credentials;
}

/**
 * Finds out why a connection came without credentials: its provider needs none, or the key may not see them. The answer is the same
 * for both, so the provider is asked for, in this case alone.
 *
 * @throws {NangoPermissionError} the key lacks the scope
 */
async function requireCredentials(
    client: object,
    operation: Operation,
    connection: Connection,
    options: CallOptions | undefined,
): Promise<void> {
    if (Object.keys(connection.credentials).length > 0 || (await authMode(client, connection.provider, options)) === 'NONE')
        return;
    const message =
        "the key may read this connection but not its credentials: give it the scope 'environment:connections:read_credentials'";
    throw new NangoPermissionError(`${operation.name}: ${message} [${operation.method} ${operation.path}]`, {
        operation: operation.name,
        method: operation.method,
        path: operation.path,
        response: { status: 403, statusText: 'Forbidden', headers: {}, data: { error: { code: 'forbidden', message } } },
        code: 'forbidden',
        payload: undefined,
        errors: [],
        source: 'nango',
    });
}

/** @returns `undefined` for a provider that is no longer in the catalogue */
async function authMode(client: object, provider: string, options: CallOptions | undefined): Promise<string | undefined> {
    try {
        const answer = await call<{ data: { auth_mode: string } }>(client, operations.getAuthMode, {
            path: { provider },
            options,
        });
        return answer.data.auth_mode;
    } catch (error) {
        if (NangoApiError.isInstance(error) && error.status === 404) return undefined;
        throw error;
    }
}
