import { type CallOptions, callForResponse, type NangoResponse, type Operation } from '@x/core';
import { forgetCached, requireId, requireObject } from '@x/core/internal';
import type { MetadataChangeResponse } from './connection-input.js';

/** Sends metadata for one or several connections. */
export async function changeMetadata(
    client: object,
    operation: Operation,
    providerConfigKey: string,
    connectionId: string | readonly string[],
    metadata: object,
    options: CallOptions | undefined,
): Promise<NangoResponse<MetadataChangeResponse>> {
    const { name } = operation;
    requireId(providerConfigKey, 'providerConfigKey', name);
    const ids = Array.isArray(connectionId) ? (connectionId as readonly string[]) : [connectionId as string];
    for (const id of ids) requireId(id, 'connectionId', name);
    requireObject(metadata, 'metadata', name, "{ plan: 'pro' }");
    const body = { connection_id: connectionId, provider_config_key: providerConfigKey, metadata };
    return callForResponse<MetadataChangeResponse>(client, operation, { body, options }).finally(() =>
        Promise.all(ids.map((id) => forgetCached(client, [providerConfigKey, id]))),
    );
}
