import type { Environment } from '../state/environment.js';
import type { ConnectionRow } from './connection-row.js';

/** Which connections to list; every condition that is given must hold (contract 8.1). */
export interface ConnectionSelection {
    connectionId?: string | undefined;
    search?: string | undefined;
    endUserId?: string | undefined;
    endUserOrganizationId?: string | undefined;
    integrationId?: string[] | undefined;
    tags?: Record<string, string> | undefined;
    /** @default 10000 */
    limit?: number | undefined;
    /** From 0. */
    page?: number | undefined;
}

/** The selected connections, newest first. */
export function selectConnections(environment: Environment, selection: ConnectionSelection): ConnectionRow[] {
    const { connectionId, endUserId, endUserOrganizationId, integrationId, limit = 10_000, page = 0 } = selection;
    const search = selection.search?.toLowerCase();
    const tags = Object.entries(selection.tags ?? {});
    const matches = (row: ConnectionRow) =>
        (connectionId === undefined || row.connectionId === connectionId) &&
        (endUserId === undefined || row.endUser?.id === endUserId) &&
        (endUserOrganizationId === undefined || row.endUser?.organization?.id === endUserOrganizationId) &&
        (integrationId === undefined || integrationId.includes(row.providerConfigKey)) &&
        tags.every(([key, value]) => row.tags[key] === value) &&
        (search === undefined ||
            [row.connectionId, row.endUser?.display_name, row.endUser?.email].some((text) =>
                text?.toLowerCase().includes(search),
            ));
    const found: ConnectionRow[] = [];
    // A fraction of a row is none (contract 8.1).
    const size = Math.floor(limit);
    const start = page * limit;
    let seen = 0;
    for (const row of environment.connections.all()) {
        if (!matches(row) || seen++ < start) continue;
        found.push(row);
        if (found.length >= size) break;
    }
    return found;
}
