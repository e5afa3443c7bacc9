import { type CallOptions, call } from '@x/core';
import { argumentError, forgetCached, idsInBody, requireId, requireObject } from '@x/core/internal';
import type { Connection } from './connection.js';
import type { ImportConnectionInput } from './connection-input.js';
import * as operations from './operations.js';

/** Adds a connection, or replaces one and what the token cache holds of it. */
export async function importConnection<M>(
    client: object,
    given: ImportConnectionInput,
    options: CallOptions | undefined,
): Promise<Connection<M>> {
    const begunAt = Date.now();
    const operation = operations.importConnection;
    requireObject(given, 'body', operation.name, "{ provider_config_key: 'github', credentials: { type: 'NONE' } }");
    requireId(given.provider_config_key, 'provider_config_key', operation.name);
    const body = idsInBody(given, ['provider_config_key', 'connection_id', 'end_user.id'], operation.name);
    const input = { body, options, secrets: secretsOf(body.credentials) };
    return call<Connection<M>>(client, operation, input).finally(() =>
        forgetCached(client, [body.provider_config_key, body.connection_id ?? ''], options, begunAt),
    );
}

/** Every text among the credentials, so that no error repeats one. */
function secretsOf(credentials: unknown): string[] {
    if (typeof credentials !== 'object' || credentials === null) {
        throw argumentError('importConnection', 'credentials', "must be an object, e.g. { type: 'NONE' }");
    }
    return Object.entries(credentials).flatMap(([name, value]) =>
        name === 'type' ? [] : typeof value === 'string' ? [value] : value && !(value instanceof Date) ? secretsOf(value) : [],
    );
}
