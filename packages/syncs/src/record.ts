/** What happened to a record last: the server writes upper case; lower case is taken where code compares with it. */
export type RecordLastAction = 'ADDED' | 'UPDATED' | 'DELETED' | 'added' | 'updated' | 'deleted';

/** What Nango keeps about a record beside its payload. Times are ISO texts with microseconds and an offset. */
export interface RecordMetadata {
    first_seen_at: string;
    last_modified_at: string;
    last_action: RecordLastAction;
    deleted_at: string | null;
    /** When the payload was emptied; such a record has nothing left but its `id` and this metadata. */
    pruned_at: string | null;
    /** The record's place in the list: pass it as `cursor` to go on right after it. */
    cursor: string;
}

/** What a sync saved as a record. */
// biome-ignore lint/suspicious/noExplicitAny: an interface is assignable to Record<string, any>, not to Record<string, unknown>
export type RecordPayload = Record<string, any>;

/**
 * A record as `listRecords` gives it: what the sync saved, its id, and what Nango knows about it. Members that `T` does not name may be
 * read too, as in `@nangohq/node`; {@link SyncedRecord} is the strict form.
 */
export type NangoRecord<T extends RecordPayload = RecordPayload> = {
    // biome-ignore lint/suspicious/noExplicitAny: as `@nangohq/node` types it
    [field: string]: any;
    id: string | number;
    _nango_metadata: RecordMetadata;
} & T;

/** What `listRecords` resolves to. */
export interface ListRecordsResponse<T extends RecordPayload = RecordPayload> {
    records: NangoRecord<T>[];
    /** Cursor of the next page; null after the last one. To come back later, keep the last record's own cursor instead. */
    next_cursor: string | null;
}

/** What Nango keeps about a record, with `last_action` as the server writes it. */
export interface SyncedRecordMetadata extends RecordMetadata {
    last_action: 'ADDED' | 'UPDATED' | 'DELETED';
}

/** A record as `iterateRecords` and `consumeRecords` give it: the payload that the sync saved, its id, and what Nango knows about it. */
export type SyncedRecord<T extends RecordPayload = RecordPayload> = {
    id: string | number;
    _nango_metadata: SyncedRecordMetadata;
} & T;

/** One page of `iterateRecords(…).pages()`. */
export interface RecordsPage<T extends RecordPayload = RecordPayload> {
    records: SyncedRecord<T>[];
    /** Cursor of the next page; null after the last one. To come back later, keep the last record's own cursor instead. */
    next_cursor: string | null;
}

/** Which records: those that one sync (or its variant) saved for one connection under one model. */
export interface RecordsKey<I extends string = string, Model extends string = string> {
    /** The integration's id. */
    providerConfigKey: I;
    connectionId: string;
    model: Model;
    /** Variant of the sync. @default 'base' */
    variant?: string | undefined;
}

/** For each config that extends the key. */
export const keyMembers: { readonly [Name in keyof RecordsKey]-?: true } = {
    providerConfigKey: true,
    connectionId: true,
    model: true,
    variant: true,
};
