import { NangoError } from '@x/core';
import type { RecordPayload, RecordsKey, SyncedRecord } from './record.js';

/** Some records that follow each other, sorted by what happened to them; within each list, and in `records`, in the server's order. */
export interface RecordBatch<T extends RecordPayload = RecordPayload> {
    readonly key: RecordsKey;
    readonly added: readonly SyncedRecord<T>[];
    readonly updated: readonly SyncedRecord<T>[];
    /** Gone at the provider. */
    readonly deleted: readonly SyncedRecord<T>[];
    /**
     * Still there at the provider, but their payload was emptied because it was older than the server keeps: nothing but `id` and
     * `_nango_metadata` is left. Not an update: keep what you have.
     */
    readonly pruned: readonly Pick<SyncedRecord, 'id' | '_nango_metadata'>[];
    /** All of them in the server's order: by time of change. */
    readonly records: readonly SyncedRecord<T>[];
    /** Place after the last record: what is saved once the batch is handled. */
    readonly cursor: string;
    /** How far behind the last record is: ms since it changed. */
    readonly lag: number;
    /** No record follows, as far as the server knew when it answered. */
    readonly caughtUp: boolean;
}

/** Sorts a page's records. The page must not be empty. */
export function toBatch<T extends RecordPayload>(
    key: RecordsKey,
    records: readonly SyncedRecord<T>[],
    caughtUp: boolean,
): RecordBatch<T> {
    const added: SyncedRecord<T>[] = [];
    const updated: SyncedRecord<T>[] = [];
    const deleted: SyncedRecord<T>[] = [];
    const pruned: SyncedRecord<T>[] = [];
    for (const record of records) {
        const { last_action: action, pruned_at: prunedAt } = record._nango_metadata;
        // A deletion says all it has to say with the id, so it counts even without a payload.
        if (action === 'DELETED') deleted.push(record);
        else if (prunedAt) pruned.push(record);
        else if (action === 'ADDED') added.push(record);
        else updated.push(record);
    }
    const last = (records[records.length - 1] as SyncedRecord<T>)._nango_metadata;
    const lag = Math.max(0, Date.now() - Date.parse(last.last_modified_at)) || 0;
    return { key, added, updated, deleted, pruned, records, cursor: last.cursor, lag, caughtUp };
}

/**
 * A batch could not be handled, or its cursor not be saved. Nothing after it was handed over; the next run begins with the same records.
 * Its `cause` is what `handle`, `save` or `transaction` threw.
 */
export class NangoBatchError extends NangoError {
    protected static override readonly kind: string = 'NangoBatchError';
    readonly key: RecordsKey;
    /**
     * What threw. After `save` without a transaction, the batch has been handled and will come again; `transaction`: begin or commit failed,
     * and whether it was committed is known to `load` alone.
     */
    readonly stage: 'handle' | 'save' | 'transaction';
    /** Where the batch begins: the cursor saved last; `undefined` for the beginning. */
    readonly resumeFrom: string | undefined;
    /** Where the batch ends. Save this one to leave the batch out for good. */
    readonly cursor: string;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(
        message: string,
        details: {
            key?: RecordsKey | undefined;
            stage?: NangoBatchError['stage'] | undefined;
            resumeFrom?: string | undefined;
            cursor?: string | undefined;
            cause?: unknown;
        } = {},
    ) {
        super(message, 'cause' in details ? { cause: details.cause } : undefined);
        this.key = details.key ?? noKey;
        this.stage = details.stage ?? 'handle';
        this.resumeFrom = details.resumeFrom;
        this.cursor = details.cursor ?? '';
    }
}

/** The key of an error that a test made without one. */
export const noKey: RecordsKey = { providerConfigKey: '', connectionId: '', model: '' };

/** The error of a batch that failed. */
export function batchError(
    operation: string,
    stage: NangoBatchError['stage'],
    batch: Pick<RecordBatch, 'key' | 'cursor' | 'records'>,
    from: string | undefined,
    cause: unknown,
): NangoBatchError {
    const { key, cursor, records } = batch;
    const place = from === undefined ? 'from the beginning' : `after cursor ${from}`;
    return new NangoBatchError(
        `${operation}: \`${stage}\` failed on ${records.length} records of ${key.model} (${place}, up to ${cursor}); ` +
            `the next run begins there again: ${saidBy(cause)}`,
        { key, stage, resumeFrom: from, cursor, cause },
    );
}

/** What the cause says, so that a log line of the message alone has it. */
function saidBy(cause: unknown): string {
    if (cause instanceof Error) return cause.message || cause.name;
    return typeof cause === 'string' ? cause : String((cause as { message?: unknown } | null)?.message ?? cause);
}
