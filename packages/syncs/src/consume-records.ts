import { type CallOptions, clientPort, type InlineOptions, NangoInputError } from '@x/core';
import { NangoBatchError, type RecordBatch, toBatch } from './batch.js';
import { recordIterable } from './iterate-records.js';
import { type CombinedFilterAction, type FilterAction, recordsHeaders } from './list-records.js';
import type { RecordPayload, RecordsKey } from './record.js';
import { alone } from './run-lock.js';

/** Whose records `consumeRecords` reads. */
export interface ConsumeRecordsConfig extends RecordsKey, InlineOptions {
    readonly filter?: FilterAction | CombinedFilterAction | undefined;
}

/** Where the place in the list is kept, and what is done with the records. */
export interface RecordsConsumer<T extends RecordPayload = RecordPayload> {
    /** The cursor saved for this key; nothing at the first time, to begin at the beginning. */
    load(key: RecordsKey): Promise<string | null | undefined> | string | null | undefined;
    /** Keeps the cursor; called after `handle` has resolved, so a crash between the two brings the batch again. */
    save(cursor: string, key: RecordsKey): Promise<unknown> | unknown;
    /** Uses a batch. The same records may come again after a crash: write them by their id. */
    handle(batch: RecordBatch<T>): Promise<unknown> | unknown;
    /** Records in a batch at most, 1 to 10,000. @default 1000 */
    readonly batchSize?: number | undefined;
    /** Stops after this many batches, e.g. where a function may run for a minute only. @default no end */
    readonly maxBatches?: number | undefined;
    /** Fetches the next batch while the current one is handled. @default true */
    readonly prefetch?: boolean | undefined;
}

/** How a run of `consumeRecords` ended. */
export interface ConsumeResult {
    readonly key: RecordsKey;
    readonly batches: number;
    readonly records: number;
    /** The place reached; `undefined` when there was nothing to read, ever. */
    readonly cursor: string | undefined;
    /** Every record that the server had was handled. False only when `maxBatches` ended the run. */
    readonly caughtUp: boolean;
    /** ms since the last record handled had changed; 0 when caught up. */
    readonly lag: number;
}

/** See `Records.consumeRecords`. */
export async function consume<T extends RecordPayload>(
    client: object,
    config: ConsumeRecordsConfig,
    consumer: RecordsConsumer<T>,
    options: CallOptions | undefined,
    name: string,
): Promise<ConsumeResult> {
    recordsHeaders(config, name);
    checkConsumer(consumer, name);
    const { providerConfigKey, connectionId, model, variant } = config;
    const key: RecordsKey = {
        providerConfigKey,
        connectionId,
        model,
        ...(variant !== undefined && variant !== 'base' && { variant }),
    };
    const signal = options?.signal ?? config.signal;
    return alone(lockName(client, key), signal, () => run<T>(client, { ...config, ...key }, key, consumer, options, name));
}

async function run<T extends RecordPayload>(
    client: object,
    config: ConsumeRecordsConfig,
    key: RecordsKey,
    consumer: RecordsConsumer<T>,
    options: CallOptions | undefined,
    name: string,
): Promise<ConsumeResult> {
    const { batchSize, maxBatches = Number.POSITIVE_INFINITY, prefetch } = consumer;
    let cursor = (await consumer.load(key)) || undefined;
    let batches = 0;
    let records = 0;
    let lag = 0;
    let caughtUp = true;
    const pages = recordIterable<T>(client, { ...config, cursor, pageSize: batchSize, prefetch }, options, name).pages();
    for await (const page of pages) {
        caughtUp = page.next_cursor === null;
        if (page.records.length > 0) {
            const batch = toBatch<T>(key, page.records, caughtUp);
            try {
                await consumer.handle(batch);
            } catch (error) {
                throw new NangoBatchError(name, 'handle', batch, cursor, error);
            }
            try {
                await consumer.save(batch.cursor, key);
            } catch (error) {
                throw new NangoBatchError(name, 'save', batch, cursor, error);
            }
            cursor = batch.cursor;
            batches++;
            records += batch.records.length;
            lag = caughtUp ? 0 : batch.lag;
        }
        if (batches >= maxBatches) break;
    }
    return { key, batches, records, cursor, caughtUp, lag };
}

function checkConsumer(consumer: RecordsConsumer<never>, operation: string): void {
    for (const part of ['load', 'save', 'handle'] as const) {
        if (typeof consumer?.[part] === 'function') continue;
        throw new NangoInputError(`${operation}: \`${part}\` must be a function; pass { load, save, handle }`, {
            operation,
            parameter: part,
        });
    }
}

/** One key of one environment. The API key tells environments apart; only a few bits of it are kept. */
function lockName(client: object, key: RecordsKey): string {
    const { apiKey, serverUrl } = clientPort(client).settings;
    let hash = 0;
    for (let i = 0; i < apiKey.length; i++) hash = (Math.imul(hash, 31) + apiKey.charCodeAt(i)) | 0;
    return JSON.stringify([serverUrl, hash, key.providerConfigKey, key.connectionId, key.model, key.variant]);
}
