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
    const begunAt = Date.now();
    const { name } = operation;
    const integration = requireId(providerConfigKey, 'providerConfigKey', name);
    const one = (id: unknown) => requireId(id, 'connectionId', name);
    const connection_id = Array.isArray(connectionId) ? connectionId.map(one) : one(connectionId);
    requireObject(metadata, 'metadata', name, "{ plan: 'pro' }");
    const body = { connection_id, provider_config_key: integration, metadata };
    return callForResponse<MetadataChangeResponse>(client, operation, { body, options }).finally(() =>
        Promise.all([connection_id].flat().map((id) => forgetCached(client, [integration, id], options, begunAt))),
    );
}
