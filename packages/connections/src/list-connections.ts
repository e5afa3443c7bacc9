import { type CallOptions, call } from '@x/core';
import { warnOnce } from '@x/core/internal';
import type { ListedConnection } from './connection.js';
import { type LegacyListQueries, type ListConnectionsParams, legacyListQuery, listQuery, readParams } from './list-query.js';
import * as operations from './operations.js';

/** Lists connections, asked in today's form or in the older one. */
export async function listConnections(
    client: object,
    first: ListConnectionsParams | string | undefined,
    second: CallOptions | string | undefined,
    queries: LegacyListQueries | undefined,
    options: CallOptions | undefined,
): Promise<{ connections: ListedConnection[] }> {
    const operation = operations.listConnections;
    if (typeof first === 'object' && first !== null) {
        return call(client, operation, {
            query: listQuery(readParams(first, operation.name), operation.name),
            options: second as CallOptions | undefined,
        });
    }
    if (typeof second === 'object' && second !== null) return call(client, operation, { options: second });
    if (first || second || queries) {
        warnOnce(
            'listConnections',
            'listConnections(connectionId, search, queries) is deprecated: pass one object, { connectionId, … }',
        );
    }
    return call(client, operation, { query: legacyListQuery(first, second, queries, operation.name), options });
}
