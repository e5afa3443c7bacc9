import { type CallOptions, call, type PagedIterable } from '@x/core';
import { pagedIterable, paginate } from '@x/core/internal';
import type { ListedConnection } from './connection.js';
import { type ListConnectionsParams, listQuery, readParams } from './list-query.js';
import * as operations from './operations.js';

/** Which connections to go through. `limit` is the size of a page. */
export type IterateConnectionsParams<I extends string = string> = Omit<ListConnectionsParams<I>, 'page'>;

/** Reads the list page by page. */
export function iterateConnections(
    client: object,
    params: IterateConnectionsParams,
    options: CallOptions | undefined,
): PagedIterable<ListedConnection, ListedConnection[]> {
    const { name } = operations.iterateConnections;
    return pagedIterable(
        () => {
            const selection = readParams(params, name);
            const limit = selection.limit || 500;
            // Pages are counted from the newest connection: one that is made meanwhile pushes others onto the next page.
            const seen = new Set<number>();
            let size = 0;
            return paginate<ListedConnection[], number>({
                async fetch(page = 0, signal) {
                    const query = listQuery({ ...selection, limit, page }, name);
                    const answer = await call<{ connections: ListedConnection[] }>(client, operations.iterateConnections, {
                        query,
                        options: { ...options, signal },
                    });
                    size = answer.connections.length;
                    return answer.connections.filter(({ id }) => !seen.has(id) && seen.add(id));
                },
                next: (_page, page = 0) => (size < limit ? undefined : page + 1),
                signal: options?.signal,
            });
        },
        (page) => page,
    );
}
