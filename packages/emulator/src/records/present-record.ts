import { microDate } from '../base/dates.js';
import { toCursor } from './cursor.js';
import type { RecordRow } from './record-row.js';

/** What happened to a record last (contract 10.1). */
export function lastAction(row: RecordRow): 'ADDED' | 'UPDATED' | 'DELETED' {
    if (row.deletedAt !== null) return 'DELETED';
    return row.firstSeenAt === row.lastModifiedAt ? 'ADDED' : 'UPDATED';
}

/** A record as `GET /records` lists it; a pruned one has lost its payload. */
export function presentRecord(row: RecordRow) {
    return {
        ...row.payload,
        id: row.id,
        _nango_metadata: {
            first_seen_at: microDate(row.firstSeenAt),
            last_modified_at: microDate(row.lastModifiedAt),
            last_action: lastAction(row),
            deleted_at: row.deletedAt === null ? null : microDate(row.deletedAt),
            pruned_at: row.prunedAt === null ? null : microDate(row.prunedAt),
            cursor: toCursor(row),
        },
    };
}
