import { type CallOptions, NangoError, type Operation, type PagedIterable } from '@x/core';
import { argumentError, type KnownMembers, pagedIterable, paginate, readKnown } from '@x/core/internal';
import { type RecordsSelection, readPage, selectionMembers } from './list-records.js';
import type { RecordPayload, RecordsPage, SyncedRecord } from './record.js';

/** Input of `iterateRecords`. */
export interface IterateRecordsConfig<I extends string = string, Model extends string = string>
    extends RecordsSelection<I, Model> {
    /** Records asked for at a time, 1 to 10,000. @default 1000 */
    pageSize?: number | undefined;
    /** Ends the iteration after this many records. @default no end */
    maxRecords?: number | undefined;
    /** Fetches the next page while the current one is being used; never more than one page ahead. @default true */
    prefetch?: boolean | undefined;
}

const iterateMembers: KnownMembers<IterateRecordsConfig> = {
    ...selectionMembers,
    pageSize: true,
    maxRecords: true,
    prefetch: true,
};

const defaultPageSize = 1000;

/** The iterable behind `iterateRecords` and `consumeRecords`. */
export function recordIterable<T extends RecordPayload>(
    client: object,
    config: IterateRecordsConfig,
    options: CallOptions | undefined,
    operation: Operation,
): PagedIterable<SyncedRecord<T>, RecordsPage<T>> {
    return pagedIterable(
        () => recordPages<T>(client, config, options, operation),
        (page) => page.records,
    );
}

async function* recordPages<T extends RecordPayload>(
    client: object,
    config: IterateRecordsConfig,
    options: CallOptions | undefined,
    operation: Operation,
): AsyncGenerator<RecordsPage<T>, void, undefined> {
    const { name } = operation;
    const known = readKnown(config ?? {}, iterateMembers, name);
    const { pageSize = defaultPageSize, maxRecords = Number.POSITIVE_INFINITY, prefetch, ...selection } = known;
    checkCount(pageSize, 'pageSize', name);
    if (maxRecords !== Number.POSITIVE_INFINITY) checkCount(maxRecords, 'maxRecords', name);
    let left = maxRecords;
    yield* paginate<RecordsPage<T>, string>({
        first: selection.cursor ?? undefined,
        prefetch,
        signal: options?.signal ?? selection.signal,
        fetch: (cursor, signal) =>
            readPage<T>(client, { ...selection, cursor, limit: Math.min(pageSize, left) }, { ...options, signal }, operation),
        next(page, cursor) {
            left -= page.records.length;
            const next = page.next_cursor ?? undefined;
            // A server that answers the cursor it was asked would keep the loop going for ever.
            if (next !== undefined && next === cursor) throw new NangoError(`${name}: the server gave the same cursor twice`);
            return left > 0 ? next : undefined;
        },
    });
}

function checkCount(value: unknown, parameter: string, operation: string): void {
    if (Number.isInteger(value) && (value as number) > 0) return;
    throw argumentError(operation, parameter, 'must be a whole number above 0');
}
