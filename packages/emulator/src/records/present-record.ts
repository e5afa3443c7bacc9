import { microDate } from '../base/dates.js';
import { cursorsAt } from './cursor.js';
import type { StoredRecord } from './record-row.js';

/** What happened to a record last (contract 10.1). */
export function lastAction(row: StoredRecord): 'ADDED' | 'UPDATED' | 'DELETED' {
    if (row.deletedAt !== null) return 'DELETED';
    return row.firstSeenAt === row.lastModifiedAt ? 'ADDED' : 'UPDATED';
}

/** A record in JSON as `GET /records` lists it; a pruned one has lost its payload. */
export function presentRecord(row: StoredRecord): string {
    const { text, cursorOf } = metadataOf(row);
    return `${withoutMetadata(row).slice(0, -1)},"_nango_metadata":${text}"${cursorOf(row.uuid)}"}}`;
}

/** The metadata up to the cursor. Records that were saved together have it in common: it is made once for all that follow each other. */
function metadataOf(row: StoredRecord): Metadata {
    const { firstSeenAt, lastModifiedAt, deletedAt, prunedAt } = row;
    if (
        last?.firstSeenAt === firstSeenAt &&
        last.lastModifiedAt === lastModifiedAt &&
        last.deletedAt === deletedAt &&
        last.prunedAt === prunedAt
    )
        return last;
    const date = (micros: number | null) => (micros === null ? 'null' : `"${microDate(micros)}"`);
    const text =
        `{"first_seen_at":${date(firstSeenAt)},"last_modified_at":${date(lastModifiedAt)},"last_action":"${lastAction(row)}",` +
        `"deleted_at":${date(deletedAt)},"pruned_at":${date(prunedAt)},"cursor":`;
    last = { firstSeenAt, lastModifiedAt, deletedAt, prunedAt, text, cursorOf: cursorsAt(lastModifiedAt) };
    return last;
}

type Metadata = Pick<StoredRecord, 'firstSeenAt' | 'lastModifiedAt' | 'deletedAt' | 'prunedAt'> & {
    text: string;
    cursorOf: (uuid: string) => string;
};

let last: Metadata | undefined;

/** The payload, less what an integration saved under the name of the metadata: the server's own is what counts. */
function withoutMetadata({ text, id, shadows }: StoredRecord): string {
    if (text === null) return JSON.stringify({ id });
    if (!shadows) return text;
    const { _nango_metadata, ...payload } = JSON.parse(text);
    return JSON.stringify(payload);
}
