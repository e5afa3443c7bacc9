import { type CallOptions, call } from '@x/core';
import { forgetCached, idsInBody, requireId, requireObject } from '@x/core/internal';
import type { ConnectionPatch } from './connection-input.js';
import * as operations from './operations.js';

/** Changes a connection, and forgets what the token cache holds of it. */
export async function patchConnection(
    client: object,
    params: { connectionId: string; provider_config_key: string },
    body: ConnectionPatch,
    options: CallOptions | undefined,
): Promise<{ success: boolean }> {
    const begunAt = Date.now();
    const operation = operations.patchConnection;
    const provider_config_key = requireId(params?.provider_config_key, 'provider_config_key', operation.name);
    const connectionId = requireId(params.connectionId, 'connectionId', operation.name);
    requireObject(body, 'body', operation.name, "{ tags: { team: 'blue' } }");
    const patch = idsInBody(body, ['end_user.id'], operation.name);
    const input = { path: { connectionId }, query: { provider_config_key }, body: patch, options };
    return call<{ success: boolean }>(client, operation, input).finally(() =>
        forgetCached(client, [provider_config_key, connectionId], options, begunAt),
    );
}
