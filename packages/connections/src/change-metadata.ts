import { type CallOptions, callForResponse, type NangoResponse, type Operation } from '@x/core';
import { forgetCached, requireId, requireObject } from '@x/core/internal';
import type { MetadataChangeResponse } from './connection-input.js';

/** Sends metadata for one or several connections. */
export async function changeMetadata<M extends object>(
    client: object,
    operation: Operation,
    providerConfigKey: string,
    connectionId: string | string[],
    metadata: M,
    options: CallOptions | undefined,
): Promise<NangoResponse<MetadataChangeResponse<M>>> {
    const { name } = operation;
    requireId(providerConfigKey, 'providerConfigKey', name);
    for (const id of Array.isArray(connectionId) ? connectionId : [connectionId]) requireId(id, 'connectionId', name);
    requireObject(metadata, 'metadata', name, "{ plan: 'pro' }");
    const body = { connection_id: connectionId, provider_config_key: providerConfigKey, metadata };
    const ids = Array.isArray(connectionId) ? connectionId : [connectionId];
    return callForResponse<MetadataChangeResponse<M>>(client, operation, { body, options }).finally(() =>
        Promise.all(ids.map((id) => forgetCached(client, [providerConfigKey, id]))),
    );
}
