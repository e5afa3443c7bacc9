import { type CallOptions, call, NangoTimeoutError } from '@x/core';
import { argumentError, requireId, sleep } from '@x/core/internal';
import type { ListedConnection } from './connection.js';
import { listQuery, type Query } from './list-query.js';
import * as operations from './operations.js';

/** How long and how often to look for a new connection. */
export interface WaitForConnectionOptions extends Omit<CallOptions, 'timeout' | 'totalTimeout'> {
    /** How long to wait for the connection in ms, all looks included; `false` for no limit but `signal`. @default 68_000 */
    timeout?: number | false | undefined;
    /** Time between two looks, in ms. @default 10_000 after the first look, then 2_000 */
    interval?: number | undefined;
}

const operation = operations.waitForConnection;
/** What the look at the deadline gets, in ms. */
const lastLook = 1_000;

/** Looks for a user's connection until it is there. */
export async function waitForConnection(
    client: object,
    integration: string,
    user: string,
    given: WaitForConnectionOptions | null,
): Promise<ListedConnection> {
    const integrationId = requireId(integration, 'integrationId', operation.name);
    const userId = requireId(user, 'userId', operation.name);
    const options = given ?? {};
    const { timeout = 68_000, interval, ...callOptions } = options;
    const limit = timeout === false ? Number.POSITIVE_INFINITY : timeout;
    requireTime(limit, 'timeout', ', or false for none');
    if (interval !== undefined) requireTime(interval, 'interval');
    const deadline = Date.now() + limit;
    const look = async (query: Query): Promise<ListedConnection | undefined> => {
        const totalTimeout = Math.max(deadline - Date.now(), lastLook);
        const input = { query, options: { ...callOptions, totalTimeout } };
        const { connections } = await call<{ connections: ListedConnection[] }>(client, operation, input);
        return connections.find((connection) => connection.provider_config_key === integrationId);
    };
    // A connect session made with tags alone leaves no end user to search by, only the tag `end_user_id` (contract 4).
    const byTag = listQuery({ integrationId, tags: { end_user_id: userId } }, operation.name);
    let cause: unknown;
    for (let wait = interval ?? 10_000; cause === undefined; wait = interval ?? 2_000) {
        try {
            const found = (await look({ endUserId: userId })) ?? (await look(byTag));
            if (found) return found;
        } catch (error) {
            if (!NangoTimeoutError.isInstance(error) || error.scope !== 'total') throw error;
            cause = error;
        }
        const left = deadline - Date.now();
        if (left <= 0) break;
        await sleep(Math.min(wait, left), options.signal);
    }
    throw new NangoTimeoutError(
        `waitForConnection: user has no connection of this integration after ${limit} ms. Raise \`timeout\` if people may take longer`,
        { operation: operation.name, method: operation.method, path: operation.path, timeout: limit, scope: 'total', cause },
        'answered',
    );
}

function requireTime(value: unknown, parameter: string, more = ''): void {
    if (typeof value === 'number' && value > 0) return;
    throw argumentError(operation.name, parameter, `must be a number of milliseconds above 0${more}`);
}
