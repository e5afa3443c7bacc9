import { type CallOptions, call, type InlineOptions, NangoApiError, NangoInputError, type Operation } from '@x/core';
import {
    argumentError,
    inlineMembers,
    inlineOptions,
    inputError,
    type KnownMembers,
    readKnown,
    requireId,
    warnOnce,
} from '@x/core/internal';
import { cursorError } from './cursor-error.js';
import { keyMembers, type RecordPayload, type RecordsKey, type RecordsPage } from './record.js';

export type FilterAction = 'added' | 'updated' | 'deleted' | 'ADDED' | 'UPDATED' | 'DELETED';

/**
 * Two filters at once. The server answers `updated,deleted` as `updated` alone and `added,deleted` as `added` alone:
 * for deletions beside others use no filter and look at `last_action`.
 */
export type CombinedFilterAction = `${FilterAction},${FilterAction}`;

/** Which records to read, and where to begin. */
export interface RecordsSelection<I extends string = string, Model extends string = string>
    extends RecordsKey<I, Model>,
        InlineOptions {
    /** Only records modified at or after this time: ISO, UTC with a `Z`, not older than 365 days. */
    modifiedAfter?: string | undefined;
    /** @deprecated The older name of `modifiedAfter`. */
    delta?: string | undefined;
    filter?: FilterAction | CombinedFilterAction | undefined;
    /** Where to go on: a page's `next_cursor`, or a record's `_nango_metadata.cursor`. */
    cursor?: string | null | undefined;
    /** Only the records with these ids, at most 100. */
    ids?: readonly string[] | undefined;
}

/** What `listRecords` takes. */
export interface ListRecordsConfig<I extends string = string, Model extends string = string> extends RecordsSelection<I, Model> {
    /** Records in a page, 1 to 10,000. @default 100 */
    limit?: number | undefined;
}

/** What `listRecords` takes, under the name that `@nangohq/node` has for it: its `ids` can be changed in place. */
export interface ListRecordsRequestConfig extends ListRecordsConfig {
    variant?: string;
    /** @deprecated The older name of `modifiedAfter`. */
    delta?: string;
    modifiedAfter?: string;
    limit?: number;
    filter?: FilterAction | CombinedFilterAction;
    cursor?: string | null;
    ids?: string[];
}

export const selectionMembers: KnownMembers<RecordsSelection> = {
    ...keyMembers,
    ...inlineMembers,
    modifiedAfter: true,
    delta: true,
    filter: true,
    cursor: true,
    ids: true,
};

const listMembers: KnownMembers<ListRecordsConfig> = { ...selectionMembers, limit: true };

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/;
const DAY = 86_400_000;

/** What `listRecords` does. */
export async function listPage<T extends RecordPayload>(
    client: object,
    config: ListRecordsConfig,
    options: CallOptions | undefined,
    operation: Operation,
): Promise<RecordsPage<T>> {
    requireConfig(config, operation.name);
    return readPage<T>(client, readKnown(config, listMembers, operation.name), options, operation);
}

/** Reads one page; every method that reads records does so through this. */
export async function readPage<T extends RecordPayload>(
    client: object,
    config: ListRecordsConfig,
    options: CallOptions | undefined,
    operation: Operation,
): Promise<RecordsPage<T>> {
    const { name } = operation;
    const { model, variant, ...ofConnection } = recordsKey(config, name);
    const headers = recordsHeaders(ofConnection);
    const { limit, filter, cursor, ids } = config;
    const query = {
        model,
        variant,
        modified_after: modifiedAfter(config, name),
        // `NaN` is refused with the rest of the query; what else counts as nothing is left out, as by the vendor's client.
        limit: Number.isNaN(limit) ? limit : limit || undefined,
        filter: filter || undefined,
        cursor: cursor || undefined,
        ids: checkIds(ids, name),
    };
    const input = { headers, query, options: inlineOptions(config, options) };
    try {
        return await call<RecordsPage<T>>(client, operation, input);
    } catch (error) {
        if (cursor && (await isCursorsFault(client, operation, error, input)))
            throw cursorError(name, error as NangoApiError, cursor);
        throw error;
    }
}

/** @throws {NangoInputError} */
export function requireConfig(config: unknown, name: string): asserts config is object {
    if (typeof config === 'object' && config !== null) return;
    throw new NangoInputError(`${name}: pass an object, e.g. { providerConfigKey, connectionId, model }`, { operation: name });
}

/**
 * Whose records a config is about; its ids as text.
 *
 * @throws {NangoInputError} when a part of the key is missing
 */
export function recordsKey(key: RecordsKey, name: string): RecordsKey {
    return {
        providerConfigKey: requireId(key.providerConfigKey, 'providerConfigKey', name),
        connectionId: requireId(key.connectionId, 'connectionId', name),
        model: requireId(key.model, 'model', name),
        // Null and an empty text are no variant, as for the vendor's client; 0 is the variant '0'.
        ...(key.variant !== undefined && key.variant !== null && key.variant !== '' && { variant: key.variant }),
    };
}

/** The headers that name a connection's records. */
export function recordsHeaders(key: Pick<RecordsKey, 'providerConfigKey' | 'connectionId'>): Record<string, string> {
    return { 'connection-id': key.connectionId, 'provider-config-key': key.providerConfigKey };
}

function modifiedAfter(config: RecordsSelection, name: string): string | undefined {
    if (config.delta) warnOnce('listRecords.delta', `${name}: \`delta\` is deprecated, use \`modifiedAfter\``);
    const time: unknown = config.modifiedAfter || config.delta;
    if (!time) return undefined;
    const refuse = (why: string) => argumentError(name, 'modifiedAfter', why);
    if (typeof time !== 'string' || !UTC.test(time) || Number.isNaN(Date.parse(time))) {
        throw refuse('must be an ISO time in UTC that ends in Z, e.g. new Date().toISOString()');
    }
    // The server's clock decides (contract 10.1); a day of grace, so that a clock that is wrong here refuses nothing it would take.
    if (Date.now() - Date.parse(time) > 366 * DAY) {
        throw refuse('is older than the 365 days that the server accepts; leave it out to read from the beginning');
    }
    return time;
}

function checkIds(ids: readonly string[] | undefined, name: string): readonly string[] | undefined {
    if (ids === undefined || ids === null) return undefined;
    const refuse = (why: string) => inputError(name, 'ids', why);
    if (!Array.isArray(ids)) throw refuse('`ids` must be an array of record ids');
    if (ids.length > 100) throw refuse(`the server takes 100 \`ids\` at most, got ${ids.length}; ask in several calls`);
    return ids.map((id) => requireId(id, 'ids[]', name));
}

/**
 * The server answers a cursor that it can't read as it answers any failure of its own: 500 `server_error`. It was the
 * cursor if the same question without one is answered.
 */
async function isCursorsFault(
    client: object,
    operation: Operation,
    error: unknown,
    input: { query: object; headers: Record<string, string> },
): Promise<boolean> {
    if (!NangoApiError.isInstance(error) || error.status !== 500 || error.code !== 'server_error') return false;
    const query = { ...input.query, cursor: undefined, limit: 1 };
    return call(client, operation, { ...input, query }).then(
        () => true,
        () => false,
    );
}
