import { fromCursor, microsOf, toCursor } from './cursor.js';
import { comparePositions, type ModelRecords, type RecordPosition } from './model-records.js';
import { lastAction, presentRecord } from './present-record.js';
import type { StoredRecord } from './record-row.js';

/** What `GET /records` asks for beside the model. */
export interface RecordSelection {
    modified_after?: string | undefined;
    delta?: string | undefined;
    limit: number;
    filter?: string[] | undefined;
    cursor?: string | undefined;
    ids?: string[] | undefined;
}

/** A page of records in JSON, and the cursor of its last one when more follow (contract 10.1). */
export function listRecords(records: ModelRecords | undefined, selection: RecordSelection): string {
    const position = selection.cursor === undefined ? undefined : fromCursor(selection.cursor);
    const since = microsOf(selection.delta ?? selection.modified_after ?? '');
    const passes = recordFilter(selection.filter);
    let page = '';
    let length = 0;
    let last: StoredRecord | undefined;
    let more = false;
    // `modified_after` is inclusive: start just before the first row of that moment.
    const start = later(position, since === undefined ? undefined : { lastModifiedAt: since, uuid: '' });
    const rows = selection.ids ? picked(records, selection.ids, start) : records?.after(start);
    for (const row of rows ?? []) {
        if (!passes(row)) continue;
        if (length >= selection.limit) {
            // A fraction of a row is a row, and ends the list (contract 10.1).
            more = Number.isInteger(selection.limit);
            break;
        }
        page += length++ === 0 ? presentRecord(row) : `,${presentRecord(row)}`;
        last = row;
    }
    const next = more && last ? `"${toCursor(last)}"` : 'null';
    return `{"records":[${page}],"next_cursor":${next}}`;
}

/** The records of these ids, in the order of the list. */
function picked(
    records: ModelRecords | undefined,
    ids: readonly string[],
    start: RecordPosition | undefined,
): StoredRecord[] | undefined {
    return [...new Set(ids)]
        .flatMap((id) => records?.get(id) ?? [])
        .filter((row) => !start || comparePositions(row, start) > 0)
        .sort(comparePositions);
}

function later(a: RecordPosition | undefined, b: RecordPosition | undefined): RecordPosition | undefined {
    if (!a || !b) return a ?? b;
    return a.lastModifiedAt >= b.lastModifiedAt ? a : b;
}

/**
 * The server's own combinations: `deleted` counts only when it stands alone (contract 10.1).
 */
function recordFilter(filter: readonly string[] | undefined): (row: StoredRecord) => boolean {
    if (!filter) return () => true;
    const wanted = new Set(filter.map((action) => action.toUpperCase()));
    if (wanted.has('ADDED') && wanted.has('UPDATED')) return (row) => row.deletedAt === null;
    if (wanted.has('ADDED')) return (row) => lastAction(row) === 'ADDED';
    if (wanted.has('UPDATED')) return (row) => lastAction(row) === 'UPDATED';
    return (row) => row.deletedAt !== null;
}
