import { microDate } from '../base/dates.js';
import { toCursor } from './cursor.js';
import type { StoredRecord } from './record-row.js';

/** What happened to a record last (contract 10.1). */
export function lastAction(row: StoredRecord): 'ADDED' | 'UPDATED' | 'DELETED' {
    if (row.deletedAt !== null) return 'DELETED';
    return row.firstSeenAt === row.lastModifiedAt ? 'ADDED' : 'UPDATED';
}

/** A record in JSON as `GET /records` lists it; a pruned one has lost its payload. */
export function presentRecord(row: StoredRecord): string {
    const date = (micros: number | null) => (micros === null ? 'null' : `"${microDate(micros)}"`);
    const metadata =
        `{"first_seen_at":${date(row.firstSeenAt)},"last_modified_at":${date(row.lastModifiedAt)},"last_action":"${lastAction(row)}",` +
        `"deleted_at":${date(row.deletedAt)},"pruned_at":${date(row.prunedAt)},"cursor":"${toCursor(row)}"}`;
    return `${withoutMetadata(row).slice(0, -1)},"_nango_metadata":${metadata}}`;
}

/** The payload, less what an integration saved under the name of the metadata: the server's own is what counts. */
function withoutMetadata({ text, id }: StoredRecord): string {
    if (text === null) return JSON.stringify({ id });
    if (!text.includes('"_nango_metadata"')) return text;
    const { _nango_metadata, ...payload } = JSON.parse(text);
    return JSON.stringify(payload);
}
