import { CodedError } from '../errors/coded-error.js';
import { LegacyError } from '../errors/legacy-error.js';
import type { Environment } from '../state/environment.js';
import type { ConnectionRow, SyncRow } from '../state/rows.js';

/** A sync by name and variant. */
export interface SyncIdentifier {
    name: string;
    variant: string;
}

/** What a command is about (wire contract 11). */
export interface SyncSelection {
    syncs: SyncIdentifier[];
    providerConfigKey: string;
    connectionId: string | undefined;
}

/**
 * Do `command` to each selected sync. With a connection, the names are taken in order and the first that does not exist ends it, after
 * those before it were done; without one, only finding none at all is an error; no names means all (wire contract 11.1).
 */
export function commandSyncs(environment: Environment, selection: SyncSelection, command: (sync: SyncRow) => void): void {
    const connection = checkSelection(environment, selection);
    const candidates = environment.syncs.filter(
        (sync) => sync.integrationId === selection.providerConfigKey && (!connection || sync.connection === connection.id),
    );
    if (selection.syncs.length === 0) {
        candidates.forEach(command);
        return;
    }
    let found = 0;
    for (const { name, variant } of selection.syncs) {
        const matches = candidates.filter((sync) => sync.name === name && sync.variant === variant);
        if (connection && matches.length === 0) throw noSyncs();
        found += matches.length;
        matches.forEach(command);
    }
    if (found === 0) throw noSyncs();
}

const noSyncs = () => new LegacyError(400, 'no_syncs_found', 'No sync of these names was found.');

function checkSelection(environment: Environment, { providerConfigKey, connectionId }: SyncSelection): ConnectionRow | undefined {
    if (!environment.integrations.has(providerConfigKey)) {
        throw new LegacyError(400, 'unknown_provider_config', `There is no integration ${providerConfigKey}.`);
    }
    if (connectionId === undefined) return undefined;
    const connection = environment.connections.get(providerConfigKey, connectionId);
    if (connection) return connection;
    throw new LegacyError(404, 'unknown_connection', 'There is no connection of this id.', { connectionId, providerConfigKey });
}

/** The connection of a route that answers 400 with the code alone (wire contract 22). */
export function connectionOrBareError(environment: Environment, providerConfigKey: string, connectionId: string): ConnectionRow {
    const connection = environment.connections.get(providerConfigKey, connectionId);
    if (!connection) throw new CodedError(400, 'unknown_connection');
    return connection;
}
