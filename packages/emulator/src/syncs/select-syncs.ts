import type { ConnectionRow } from '../connections/connection-row.js';
import { LegacyError } from '../errors/legacy-error.js';
import type { Environment } from '../state/environment.js';
import { findConnection, findIntegration } from '../state/look-up.js';
import type { SyncRow } from './sync-row.js';

/** A sync by name and variant. */
export interface SyncIdentifier {
    name: string;
    variant: string;
}

/** What a command is about (contract 11). */
export interface SyncSelection {
    syncs: SyncIdentifier[];
    providerConfigKey: string;
    connectionId: string | undefined;
}

/**
 * Do `command` to each selected sync. With a connection, the names are taken in order and the first that does not exist ends it, after
 * those before it were done; without one, only finding none at all is an error; no names means all (contract 11.1).
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
    findIntegration(environment, providerConfigKey, 'legacy-400');
    return connectionId === undefined ? undefined : findConnection(environment, providerConfigKey, connectionId, 'legacy-404');
}
