import { type CallOptions, callForResponse, type NangoResponse } from '@x/core';
import { forgetCached, requireId } from '@x/core/internal';
import * as operations from './operations.js';

/** Deletes a connection, and what the token cache holds of it. */
export async function deleteConnection(
    client: object,
    providerConfigKey: string,
    connectionId: string,
    options: CallOptions | undefined,
): Promise<NangoResponse<{ success: boolean }>> {
    const begunAt = Date.now();
    const operation = operations.deleteConnection;
    const integration = requireId(providerConfigKey, 'providerConfigKey', operation.name);
    const id = requireId(connectionId, 'connectionId', operation.name);
    const input = { path: { connectionId: id }, query: { provider_config_key: integration }, options };
    return callForResponse<{ success: boolean }>(client, operation, input).finally(() =>
        forgetCached(client, [integration, id], options, begunAt),
    );
}
