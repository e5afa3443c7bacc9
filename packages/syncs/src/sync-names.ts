import { argumentError, requireId } from '@x/core/internal';
import type { SyncName } from './sync-types.js';

/**
 * Checks a list of sync names as it goes out in a body.
 *
 * @throws {NangoInputError} when it is not an array of names
 */
export function checkSyncs(syncs: readonly SyncName[], operation: string): readonly SyncName[] {
    if (!Array.isArray(syncs)) {
        throw argumentError(operation, 'syncs', "must be an array; put a single sync in one: ['name']");
    }
    return syncs.map((sync) => {
        if (typeof sync !== 'object' || sync === null) return requireId(sync, 'syncs[]', operation);
        const name = requireId(sync.name, 'syncs[].name', operation);
        return { ...sync, name, variant: requireId(sync.variant, 'syncs[].variant', operation) };
    });
}

/**
 * The list as text, as the query of `syncStatus` takes it: `a,b::variant`.
 *
 * @throws {NangoInputError} for a name with a comma, which would count as two
 */
export function joinSyncs(syncs: '*' | readonly SyncName[], operation: string): string {
    if (syncs === '*') return '*';
    const names = checkSyncs(syncs, operation).map((sync) => (typeof sync === 'string' ? sync : `${sync.name}::${sync.variant}`));
    const wrong = names.find((name) => name.includes(','));
    if (wrong !== undefined) {
        throw argumentError(operation, 'syncs', `holds a name with a comma: ${JSON.stringify(wrong)}`);
    }
    return names.join(',');
}
