import type { ConnectionRow } from '../connections/connection-row.js';
import type { IntegrationRow } from '../integrations/integration-row.js';
import type { Environment } from '../state/environment.js';

/** Where a provider's payload names the account, and under which names a connection remembers it. */
const identifiers: { payload: string[]; config: string[] }[] = [
    { payload: ['connectionId'], config: [] },
    { payload: ['nango', 'connectionId'], config: [] },
    { payload: ['portalId'], config: ['portalId'] },
    { payload: ['team_id'], config: ['team.id', 'team_id'] },
    { payload: ['installation', 'id'], config: ['installation_id'] },
    { payload: ['account', 'id'], config: ['accountId', 'account.id'] },
    { payload: ['organization', 'id'], config: ['organizationId', 'organization.id'] },
    { payload: ['workspace', 'id'], config: ['workspaceId', 'workspace.id'] },
];

/**
 * The connections that a provider webhook is about. The server runs a script of its own for each provider; the emulator reads the
 * identifiers that these scripts most often use, at the top level of the payload (or of its first item), and `connectionId`, which
 * makes any payload match.
 */
export function matchConnections(environment: Environment, integration: IntegrationRow, payload: unknown): ConnectionRow[] {
    const items = Array.isArray(payload) ? payload : [payload];
    const matched = new Set<ConnectionRow>();
    for (const item of items) {
        for (const { payload: path, config } of identifiers) {
            const wanted = at(item, path);
            if (typeof wanted !== 'string' && typeof wanted !== 'number') continue;
            if (config.length === 0) {
                const byId = environment.connections.get(integration.uniqueKey, String(wanted));
                if (byId) matched.add(byId);
                continue;
            }
            for (const connection of environment.connections.ofIntegration(integration.uniqueKey)) {
                if (config.some((key) => remembered(connection, key) === String(wanted))) matched.add(connection);
            }
        }
    }
    return [...matched];
}

function at(value: unknown, path: readonly string[]): unknown {
    return path.reduce<unknown>(
        (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
        value,
    );
}

/** A value of the connection's config, written flat (`"team.id"`) or nested. */
function remembered(connection: ConnectionRow, key: string): string | undefined {
    const value = connection.connectionConfig[key] ?? at(connection.connectionConfig, key.split('.'));
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
