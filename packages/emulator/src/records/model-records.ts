import { createHash } from 'node:crypto';
import type { RecordCounts, RecordRow } from './record-row.js';

/** A place in a model: strictly after it come the rows that were modified later, or at the same moment with a greater uuid. */
export interface RecordPosition {
    lastModifiedAt: number;
    uuid: string;
}

const compare = (a: RecordPosition, b: RecordPosition) =>
    a.lastModifiedAt - b.lastModifiedAt || (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0);

const hashOf = (payload: unknown) => createHash('sha1').update(JSON.stringify(payload)).digest('base64');

/** The records of one model of one connection, ordered as `GET /records` lists them (contract 10.1). */
export class ModelRecords {
    #byId = new Map<string, RecordRow>();
    /** By modification, oldest first. Rows that were modified since leave a hole, closed when there are many. */
    #ordered: (RecordRow | undefined)[] = [];
    #placeOf = new Map<string, number>();
    #holes = 0;
    #sorted = true;

    get size(): number {
        return this.#byId.size;
    }

    get(id: string): RecordRow | undefined {
        return this.#byId.get(id);
    }

    /** Live rows, those not marked as deleted. */
    get liveCount(): number {
        let count = 0;
        for (const row of this.#byId.values()) if (row.deletedAt === null) count++;
        return count;
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
            const stored = { ...payload, id };
            const hash = hashOf(stored);
            const known = this.#byId.get(id);
            const back = known !== undefined && known.deletedAt !== null;
            if (known && !back && known.hash === hash) continue;
            if (!known || back) counts.added++;
            else counts.updated++;
            this.#put({
                id,
                uuid: known?.uuid ?? nextUuid(),
                payload: stored,
                hash,
                firstSeenAt: known && !back ? known.firstSeenAt : at,
                lastModifiedAt: at,
                deletedAt: null,
                prunedAt: null,
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

    /** Rows in order, starting strictly after `position`, or at its index 0. */
    *after(position?: RecordPosition): Generator<RecordRow> {
        this.#settle();
        const rows = this.#ordered as RecordRow[];
        let index = 0;
        if (position) {
            let end = rows.length;
            while (index < end) {
                const middle = (index + end) >>> 1;
                if (compare(rows[middle] as RecordRow, position) <= 0) index = middle + 1;
                else end = middle;
            }
        }
        for (; index < rows.length; index++) yield rows[index] as RecordRow;
    }

    /** Empty the payload and keep the rest, its place included (contract 10.2). */
    prune(row: RecordRow, at: number): void {
        row.payload = null;
        row.prunedAt = at;
    }

    rows(): RecordRow[] {
        this.#settle();
        return [...(this.#ordered as RecordRow[])];
    }

    load(rows: readonly RecordRow[]): void {
        this.#byId.clear();
        this.#ordered = [];
        this.#placeOf.clear();
        this.#holes = 0;
        for (const row of rows) this.#put(row);
    }

    #put(row: RecordRow): void {
        const place = this.#placeOf.get(row.id);
        if (place !== undefined) {
            this.#ordered[place] = undefined;
            this.#holes++;
        }
        const last = this.#ordered[this.#ordered.length - 1];
        if (last && compare(last, row) > 0) this.#sorted = false;
        this.#byId.set(row.id, row);
        this.#placeOf.set(row.id, this.#ordered.push(row) - 1);
    }

    #settle(): void {
        if (this.#holes === 0 && this.#sorted) return;
        const rows = this.#ordered.filter((row) => row !== undefined);
        if (!this.#sorted) rows.sort(compare);
        this.#ordered = rows;
        this.#placeOf.clear();
        rows.forEach((row, index) => {
            this.#placeOf.set(row.id, index);
        });
        this.#holes = 0;
        this.#sorted = true;
    }
}
