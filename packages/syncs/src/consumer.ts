import type { RecordBatch } from './batch.js';
import type { RecordPayload, RecordsKey } from './record.js';

/** How much is read, and who reads. */
export interface ConsumerOptions {
    /** Records in a batch at most, 1 to 10,000. @default 1000 */
    batchSize?: number | undefined;
    /** Stops after this many batches, e.g. where a function may run for a minute only. @default no end */
    maxBatches?: number | undefined;
    /** Fetches the next batch while the current one is handled. @default true */
    prefetch?: boolean | undefined;
    /** Lets one process at a time read a key, so that none does another's work. @default none: one run of a key in this process */
    lock?: RecordsLock | undefined;
}

/** Where the place in the list is kept, and what is done with the records. */
export interface RecordsConsumer<T extends RecordPayload = RecordPayload> extends ConsumerOptions {
    /** The cursor saved for this key; nothing at the first time, to begin at the beginning. */
    load(key: RecordsKey): Promise<string | null | undefined> | string | null | undefined;
    /** Keeps the cursor; called after `handle` has resolved, so a crash between the two brings the batch again. */
    save(cursor: string, key: RecordsKey): Promise<unknown> | unknown;
    /** Uses a batch. The same records may come again after a crash: write them by their id. */
    handle(batch: RecordBatch<T>): Promise<unknown> | unknown;
    /** Writes rows and cursor together: see {@link TransactionalConsumer}. */
    readonly transaction?: undefined;
}

/**
 * Writes the rows of a batch and its cursor in one transaction, so that each batch takes effect once, however often a process dies, pauses
 * or reads the same records as another.
 *
 * @typeParam Tx what your database hands to a transaction's function, e.g. Drizzle's `tx` or a client of `pg`
 */
// biome-ignore lint/suspicious/noExplicitAny: a transaction is whatever the user's database calls one
export interface TransactionalConsumer<T extends RecordPayload = RecordPayload, Tx = any> extends ConsumerOptions {
    /**
     * Runs `work` in a transaction: commits when it resolves, rolls back and rejects when it rejects. It may run `work` again after a
     * rollback.
     */
    transaction(work: (tx: Tx) => Promise<void>): Promise<unknown>;
    /** The cursor saved for this key; nothing at the first time, to begin at the beginning. Called outside of a transaction. */
    load(key: RecordsKey, tx?: Tx): Promise<string | null | undefined> | string | null | undefined;
    /** Writes a batch, with `tx`. */
    handle(batch: RecordBatch<T>, tx: Tx): Promise<unknown> | unknown;
    /**
     * Saves the cursor, with `tx`, only if the stored one is still `from` (`undefined`: if none is stored).
     *
     * @returns whether it wrote, or the number of rows it wrote. When it wrote nothing, another run has been here: the transaction is
     * rolled
     * back and this run ends.
     */
    save(
        cursor: string,
        key: RecordsKey,
        tx: Tx,
        options: { readonly from: string | undefined },
    ): Promise<boolean | number | bigint> | boolean | number | bigint;
}

/**
 * What the methods take. `load` and `handle` have the same parameters with and without a transaction: of functions with different ones,
 * TypeScript would give no type to the parameters of a consumer that is written at the call and leaves `tx` out.
 */
export type AnyConsumer<T extends RecordPayload = RecordPayload> = PlainConsumer<T> | TransactionalConsumer<T>;

interface PlainConsumer<T extends RecordPayload> extends Omit<RecordsConsumer<T>, 'load' | 'handle'> {
    load: TransactionalConsumer<T>['load'];
    handle: TransactionalConsumer<T>['handle'];
}

/**
 * Lends a key to one owner at a time, in all processes. It saves work and does not protect the data: a process that was paused for
 * longer than its lease may continue while the next owner works. The transaction of a {@link TransactionalConsumer} protects it.
 */
export interface RecordsLock {
    /** Takes the key, or keeps it, until `lease` ms from now. Resolves to false while another owner has it. */
    acquire(key: RecordsKey, owner: string, lease: number): Promise<boolean> | boolean;
    /** Gives the key back; nothing happens when another owner has it. */
    release(key: RecordsKey, owner: string): Promise<unknown> | unknown;
    /** After how many ms the key of a process that died is free again. Renewed in each third of it. 1,000 to 3,600,000. @default 30_000 */
    lease?: number | undefined;
    /**
     * How many ms to wait for a key that another owner or another run in this process has, before the run rejects with {@link
     * NangoLockError}. @default 120_000
     */
    wait?: number | undefined;
}
