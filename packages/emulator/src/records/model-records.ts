import { createHash } from 'node:crypto';
import type { RecordCounts, RecordRow, StoredRecord } from './record-row.js';

/** A place in a model: strictly after it come the rows that were modified later, or at the same moment with a greater uuid. */
export interface RecordPosition {
    lastModifiedAt: number;
    uuid: string;
}

export const comparePositions = (a: RecordPosition, b: RecordPosition) =>
    a.lastModifiedAt - b.lastModifiedAt || (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0);

const shadows = (text: string) => text.includes('"_nango_metadata"');

const hashOf = (text: string) => createHash('sha1').update(text).digest('base64');

/** The records of one model of one connection, ordered as `GET /records` lists them (contract 10.1). Nothing that a request asks for costs more with more records. */
export class ModelRecords {
    #byId = new Map<string, StoredRecord>();
    /** By modification, oldest first. What was modified since stays where it was, without a place, until there are many such. */
    #ordered: StoredRecord[] = [];
    #left = 0;
    /** All before it are in order, and none of them comes after one of the others. */
    #sortedTo = Number.POSITIVE_INFINITY;
    #live = 0;
    /** All up to it are pruned. */
    #prunedTo: RecordPosition | undefined;

    get size(): number {
        return this.#byId.size;
    }

    get(id: string): StoredRecord | undefined {
        return this.#byId.get(id);
    }

    /** Live rows, those not marked as deleted. */
    get liveCount(): number {
        return this.#live;
    }

    ids(): string[] {
        return [...this.#byId.keys()];
    }

    /**
     * Add or change records, all at the moment `at` (µs). A payload that did not change leaves its record as it is; one that was
     * deleted comes back as new.
     */
    save(payloads: readonly Record<string, unknown>[], at: number, nextUuid: () => string): RecordCounts {
        const counts: RecordCounts = { added: 0, updated: 0, deleted: 0 };
        for (const payload of payloads) {
            const id = String(payload.id);
            const text = JSON.stringify(payload.id === id ? payload : { ...payload, id });
            const known = this.#byId.get(id);
            const back = known !== undefined && known.deletedAt !== null;
            if (known && !back && (known.text === null ? known.hash === hashOf(text) : known.text === text)) continue;
            if (!known || back) counts.added++;
            else counts.updated++;
            this.#put({
                id,
                uuid: known?.uuid ?? nextUuid(),
                text,
                shadows: shadows(text),
                hash: undefined,
                firstSeenAt: known && !back ? known.firstSeenAt : at,
                lastModifiedAt: at,
                deletedAt: null,
                prunedAt: null,
                place: -1,
            });
        }
        return counts;
    }

    /** Mark records as deleted at the moment `at` (µs); returns how many were alive. */
    markDeleted(ids: Iterable<string>, at: number): number {
        let count = 0;
        for (const id of ids) {
            const row = this.#byId.get(id);
            if (!row || row.deletedAt !== null) continue;
            this.#put({ ...row, deletedAt: at, lastModifiedAt: at });
            count++;
        }
        return count;
    }

    /** Rows in order, starting strictly after `position`, or at the first. */
    *after(position?: RecordPosition): Generator<StoredRecord> {
        this.#settle();
        const rows = this.#ordered;
        for (let index = position ? this.#placeAfter(position, rows.length) : 0; index < rows.length; index++) {
            const row = rows[index] as StoredRecord;
            if (row.place === index) yield row;
        }
    }

    /** Rows in order that are not pruned. */
    *unpruned(): Generator<StoredRecord> {
        let all = true;
        for (const row of this.after(this.#prunedTo)) {
            if (row.prunedAt === null) {
                yield row;
                // Whoever looks at a row may have pruned it.
                all &&= row.prunedAt !== null;
            }
            if (all) this.#prunedTo = { lastModifiedAt: row.lastModifiedAt, uuid: row.uuid };
        }
    }

    /** Empty the payload and keep the rest, its place included (contract 10.2). */
    prune(row: StoredRecord, at: number): void {
        if (row.text !== null) row.hash = hashOf(row.text);
        row.text = null;
        row.prunedAt = at;
    }

    /** What a snapshot keeps. */
    rows(): RecordRow[] {
        return Array.from(this.after(), (row) => ({
            id: row.id,
            uuid: row.uuid,
            payload: row.text === null ? null : (JSON.parse(row.text) as Record<string, unknown>),
            hash: row.text === null ? (row.hash as string) : hashOf(row.text),
            firstSeenAt: row.firstSeenAt,
            lastModifiedAt: row.lastModifiedAt,
            deletedAt: row.deletedAt,
            prunedAt: row.prunedAt,
        }));
    }

    load(rows: readonly RecordRow[]): void {
        this.#byId.clear();
        this.#ordered = [];
        this.#left = 0;
        this.#sortedTo = Number.POSITIVE_INFINITY;
        this.#live = 0;
        this.#prunedTo = undefined;
        for (const { payload, hash, ...row } of rows) {
            const text = payload && JSON.stringify(payload);
            this.#put({ ...row, text, shadows: text !== null && shadows(text), hash: payload ? undefined : hash, place: -1 });
        }
    }

    #put(row: StoredRecord): void {
        const known = this.#byId.get(row.id);
        if (known) {
            known.place = -1;
            // It stays for its position only.
            known.text = null;
            this.#left++;
            if (known.deletedAt === null) this.#live--;
        }
        if (row.deletedAt === null) this.#live++;
        this.#byId.set(row.id, row);
        const rows = this.#ordered;
        const last = rows[rows.length - 1];
        if (last && comparePositions(last, row) > 0) {
            const sorted = Math.min(this.#sortedTo, rows.length);
            this.#sortedTo = Math.min(sorted, this.#placeAfter(row, sorted));
        }
        row.place = rows.push(row) - 1;
    }

    /** The index of the first of the first `end` rows that comes after a position. */
    #placeAfter(position: RecordPosition, end: number): number {
        let [from, to] = [0, end];
        while (from < to) {
            const middle = (from + to) >>> 1;
            if (comparePositions(this.#ordered[middle] as StoredRecord, position) <= 0) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /** Puts what came out of order in order, and closes gaps when half of the list is gaps. */
    #settle(): void {
        const gaps = this.#left * 2 > this.#ordered.length;
        const from = gaps ? 0 : this.#sortedTo;
        if (from >= this.#ordered.length) return;
        const rows = this.#ordered.slice(from).filter(({ place }) => place >= 0);
        this.#left -= this.#ordered.length - from - rows.length;
        if (this.#sortedTo < this.#ordered.length) rows.sort(comparePositions);
        this.#ordered.length = from;
        for (const row of rows) row.place = this.#ordered.push(row) - 1;
        this.#sortedTo = Number.POSITIVE_INFINITY;
    }
}
