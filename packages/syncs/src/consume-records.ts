import type { CallOptions, InlineOptions, Operation } from '@x/core';
import { argumentError, clientPort, inlineMembers, type KnownMembers, readKnown, requireKnown } from '@x/core/internal';
import { toBatch } from './batch.js';
import type { RecordsConsumer, TransactionalConsumer } from './consumer.js';
import { conflictError } from './cursor-conflict-error.js';
import { type Abandonment, endOnAbort, reportAbandoned } from './end-on-abort.js';
import { holdLease, type Lease, lockTimes } from './hold-lease.js';
import { recordIterable } from './iterate-records.js';
import { type CombinedFilterAction, type FilterAction, recordsKey, requireConfig } from './list-records.js';
import { lockError } from './lock-error.js';
import { keyMembers, type RecordPayload, type RecordsKey } from './record.js';
import { alone } from './run-lock.js';
import { writeBatch } from './write-batch.js';

/** Whose records `consumeRecords` reads. */
export interface ConsumeRecordsConfig<I extends string = string, Model extends string = string>
    extends RecordsKey<I, Model>,
        InlineOptions {
    filter?: FilterAction | CombinedFilterAction | undefined;
}

const consumeMembers: KnownMembers<ConsumeRecordsConfig> = { ...keyMembers, ...inlineMembers, filter: true };

const consumerMembers: KnownMembers<RecordsConsumer> = {
    load: true,
    save: true,
    handle: true,
    transaction: true,
    batchSize: true,
    maxBatches: true,
    prefetch: true,
    lock: true,
};

/** How a run of `consumeRecords` ended. */
export interface ConsumeResult {
    /** What was read; `model` has commas between the models where there were several. */
    key: RecordsKey;
    batches: number;
    records: number;
    /** The place reached; `undefined` when there was nothing to read, ever, and when several models were read. */
    cursor: string | undefined;
    /** Every record that the server had was handled. False only when `maxBatches` ended the run. */
    caughtUp: boolean;
    /** ms since the last record handled had changed; 0 when caught up. */
    lag: number;
}

/** See `Records.consumeRecords`. */
export async function consume<T extends RecordPayload>(
    client: object,
    given: ConsumeRecordsConfig,
    consumer: RecordsConsumer<T> | TransactionalConsumer<T>,
    options: CallOptions | undefined,
    operation: Operation,
): Promise<ConsumeResult> {
    const { name } = operation;
    requireConfig(given, name);
    const config = readKnown(given, consumeMembers, name);
    const { variant, ...base } = recordsKey(config, name);
    const key: RecordsKey = variant === undefined || variant === 'base' ? base : { ...base, variant };
    checkConsumer(consumer, name);
    const signal = options?.signal ?? config.signal;
    const { lock } = consumer;
    const work = (lease: Lease) =>
        endOnAbort(
            signal,
            (abandonment) => run<T>(client, { ...config, ...key }, key, consumer, lease, abandonment, options, operation),
            () => reportAbandoned(name, 'handle'),
        );
    const wait = lock && lockTimes(lock, name).wait;
    return alone(
        lockName(client, key),
        signal,
        () => holdLease(lock, key, { operation: name, signal }, work),
        // Who may wait so long for another process may wait as long for another run of this one.
        wait === undefined ? undefined : { wait, late: () => lockError(name, key, wait) },
    );
}

async function run<T extends RecordPayload>(
    client: object,
    config: ConsumeRecordsConfig,
    key: RecordsKey,
    consumer: RecordsConsumer<T> | TransactionalConsumer<T>,
    lease: Lease,
    abandonment: Abandonment,
    options: CallOptions | undefined,
    operation: Operation,
): Promise<ConsumeResult> {
    const { name } = operation;
    const { batchSize, maxBatches = Number.POSITIVE_INFINITY, prefetch } = consumer;
    let cursor = (await consumer.load(key)) || undefined;
    let batches = 0;
    let records = 0;
    let lag = 0;
    let caughtUp = true;
    const pages = recordIterable<T>(client, { ...config, cursor, pageSize: batchSize, prefetch }, options, operation).pages();
    for await (const page of pages) {
        caughtUp = page.next_cursor === null;
        if (page.records.length > 0) {
            const batch = toBatch<T>(key, page.records, caughtUp);
            if (!(await lease.isHeld())) throw conflictError(name, key, cursor, "this run has lost the key's lock");
            abandonment.throwIfAbandoned();
            await writeBatch(consumer, batch, cursor, name, abandonment);
            cursor = batch.cursor;
            batches++;
            records += batch.records.length;
            lag = caughtUp ? 0 : batch.lag;
        }
        if (batches >= maxBatches) break;
    }
    return { key, batches, records, cursor, caughtUp, lag };
}

function checkConsumer(consumer: RecordsConsumer<never> | TransactionalConsumer<never>, operation: string): void {
    const { transaction } = consumer ?? {};
    if (transaction !== undefined && typeof transaction !== 'function')
        throw argumentError(operation, 'transaction', 'must be a function');
    for (const part of ['load', 'save', 'handle'] as const) {
        if (typeof consumer?.[part] === 'function') continue;
        throw argumentError(operation, part, 'must be a function; pass { load, save, handle }');
    }
    // A consumer may keep a state of its own, so only near misses are refused.
    requireKnown(consumer, consumerMembers, operation, 'the members of a consumer', { mayHaveOthers: true });
}

/** One key of one environment. The API key distinguishes environments; only a few bits of it are kept. */
function lockName(client: object, key: RecordsKey): string {
    const { apiKey, serverUrl } = clientPort(client).settings;
    let hash = 0;
    for (let i = 0; i < apiKey.length; i++) hash = (Math.imul(hash, 31) + apiKey.charCodeAt(i)) | 0;
    return JSON.stringify([serverUrl, hash, key.providerConfigKey, key.connectionId, key.model, key.variant]);
}
