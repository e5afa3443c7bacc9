import { type CallOptions, Client, call, type IfUntyped, type IntegrationId, type Nameable, type PagedIterable } from '@x/core';
import { type KnownMembers, readKnown, requireId } from '@x/core/internal';
import { consumeModels } from './consume-models.js';
import { type ConsumeRecordsConfig, type ConsumeResult, consume } from './consume-records.js';
import type { AnyConsumer, RecordsConsumer, TransactionalConsumer } from './consumer.js';
import { type IterateRecordsConfig, recordIterable } from './iterate-records.js';
import { type ListRecordsConfig, listPage, recordsHeaders, recordsKey, requireConfig } from './list-records.js';
import * as operations from './operations.js';
import {
    keyMembers,
    type ListRecordsResponse,
    type RecordPayload,
    type RecordsKey,
    type RecordsPage,
    type SyncedRecord,
} from './record.js';
import { keyOfWebhook, type SyncWebhook } from './records-from-webhook.js';
import type { ModelName, RecordOf, RecordOfWebhook, SyncWebhookOf } from './typed-syncs.js';

/** Input of `pruneRecords`. */
export interface PruneRecordsConfig<I extends string = string, Model extends string = string> extends RecordsKey<I, Model> {
    /** Cursor of the last record whose payload is to be emptied. */
    untilCursor: string;
    /** Records emptied by this call at most, 1 to 10,000. @default 1000 */
    limit?: number | undefined;
}

const pruneMembers: KnownMembers<PruneRecordsConfig> = { ...keyMembers, untilCursor: true, limit: true };

type Consumer = RecordsConsumer | TransactionalConsumer;
type RecordIterable<R extends RecordPayload = RecordPayload> = PagedIterable<SyncedRecord<R>, RecordsPage<R>>;

/** Result of `pruneRecords`. */
export interface PruneRecordsResult {
    /** Records emptied by this call. */
    count: number;
    /** More may be left up to the cursor: call again. */
    has_more: boolean;
}

/**
 * The records that syncs saved.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class Records<T = any> extends Client {
    protected static override readonly product: string = `@x/syncs/${__VERSION__}`;
    declare untyped: () => Records;

    /**
     * Reads one page of records, oldest change first. Records that change while you page come again at the end. An
     * unknown model is an empty list.
     *
     * @throws {NangoInputError} for a `modifiedAfter` that the server would refuse: not UTC, or older than 365 days
     * @throws {NangoCursorError} when the server can't use the cursor
     * @throws {NangoNotFoundError} `unknown_connection`
     * @example
     * ```ts
     * const { records, next_cursor } = await nango.listRecords<{ title: string }>({
     *     providerConfigKey: 'github',
     *     connectionId: 'user-1',
     *     model: 'Issue',
     *     limit: 500,
     * });
     * ```
     * @see docs/read-records.md
     */
    listRecords<
        R extends Nameable<T, RecordPayload> = Nameable<T, RecordPayload>,
        I extends IntegrationId<T> = IntegrationId<T>,
        Model extends ModelName<T, I> = ModelName<T, I>,
    >(
        config: ListRecordsConfig<IfUntyped<T, string, I>, IfUntyped<T, string, Model>>,
        options?: CallOptions,
    ): Promise<IfUntyped<T, ListRecordsResponse<R>, RecordsPage<RecordOf<T, I, Model>>>>;
    async listRecords(config: ListRecordsConfig, options?: CallOptions): Promise<unknown> {
        return listPage(this, config, options, operations.listRecords);
    }

    /**
     * Reads all records, fetching the next page while you use the current one. Memory does not grow with the number
     * of pages; leaving the loop stops the requests. Each `for await` begins anew at `config.cursor`. `timeout` and `totalTimeout` hold for
     * each page.
     *
     * @returns an async iterable of records, and of pages with `.pages()`. Wrong arguments reject its first step.
     * @example
     * ```ts
     * const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };
     * for await (const { title, _nango_metadata } of nango.iterateRecords<{ title: string }>(key)) {
     *     console.log(title, _nango_metadata.cursor);
     * }
     * ```
     * @see docs/read-records.md
     */
    iterateRecords<
        R extends Nameable<T, RecordPayload> = Nameable<T, RecordPayload>,
        I extends IntegrationId<T> = IntegrationId<T>,
        Model extends ModelName<T, I> = ModelName<T, I>,
    >(
        config: IterateRecordsConfig<IfUntyped<T, string, I>, IfUntyped<T, string, Model>>,
        options?: CallOptions,
    ): RecordIterable<IfUntyped<T, R, RecordOf<T, I, Model>>>;
    iterateRecords(config: IterateRecordsConfig, options?: CallOptions): PagedIterable<unknown, unknown> {
        return recordIterable(this, config, options, operations.iterateRecords);
    }

    /**
     * Hands over everything that changed since the last run, batch by batch, and remembers how far it came.
     *
     * Reads from the cursor that `load` gives, calls `handle` with a batch, and `save` when it has resolved: after a crash at any point
     * nothing is lost, the order is kept, and at most one batch comes twice. Resolves once caught up. In one process only one run of a key
     * (integration, connection, model, variant) goes on at a time; a second one waits for the first.
     *
     * @throws {NangoBatchError} when `handle` or `save` throws: holds the cursor to skip the batch with
     * @throws {NangoCursorError} when the server can't use the saved cursor
     * @example
     * ```ts
     * const cursors = new Map<string, string>();
     * const titles = new Map<unknown, string>();
     * const { records, caughtUp } = await nango.consumeRecords<{ title: string }>(
     *     { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' },
     *     {
     *         load: (key) => cursors.get(key.connectionId),
     *         save: (cursor, key) => cursors.set(key.connectionId, cursor),
     *         // Users' records may share ids: a row's place is the connection and the id.
     *         async handle({ key, added, updated, deleted }) {
     *             for (const { id, title } of [...added, ...updated]) titles.set(`${key.connectionId} ${id}`, title);
     *             for (const { id } of deleted) titles.delete(`${key.connectionId} ${id}`);
     *         },
     *     },
     * );
     * ```
     * @see docs/read-records.md
     */
    consumeRecords<
        R extends Nameable<T, RecordPayload> = Nameable<T, RecordPayload>,
        I extends IntegrationId<T> = IntegrationId<T>,
        Model extends ModelName<T, I> = ModelName<T, I>,
    >(
        config: ConsumeRecordsConfig<IfUntyped<T, string, I>, IfUntyped<T, string, Model>>,
        consumer: AnyConsumer<IfUntyped<T, R, RecordOf<T, I, Model>>>,
        options?: CallOptions,
    ): Promise<ConsumeResult>;
    async consumeRecords(config: ConsumeRecordsConfig, consumer: Consumer, options?: CallOptions): Promise<ConsumeResult> {
        return consume(this, config, consumer, options, operations.consumeRecords);
    }

    /**
     * Consumes the records that a `sync` webhook is about: {@link Records.consumeRecords} with the key of the event. Begins at the
     * cursor saved for that key, else at the beginning, and never at the event's `modifiedAfter`, which would leave out what a lost
     * delivery was about. For the same reason an event of a failed run, or of one without changes, is consumed too: that of a failed run
     * names all models of its sync, and they are read one after the other, each from its own cursor; `maxBatches` holds for each.
     *
     * @param event what `parseWebhook` returned; only after its signature was checked
     * @throws {NangoInputError} when the event is not of type `sync`
     * @example
     * ```ts
     * const cursors = new Map<string, string>();
     * // What `parseWebhook` returned.
     * const event = { type: 'sync', providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' } as const;
     * await nango.recordsFromWebhook(event, {
     *     load: ({ connectionId, model }) => cursors.get(`${connectionId}/${model}`),
     *     save: (cursor, { connectionId, model }) => cursors.set(`${connectionId}/${model}`, cursor),
     *     handle: ({ key, records, lag }) => console.log(key.model, records.length, `${lag} ms behind`),
     * });
     * ```
     */
    recordsFromWebhook<
        R extends Nameable<T, RecordPayload> = Nameable<T, RecordPayload>,
        Webhook extends IfUntyped<T, SyncWebhook, SyncWebhookOf<T>> = IfUntyped<T, SyncWebhook, SyncWebhookOf<T>>,
    >(
        event: IfUntyped<T, SyncWebhook, Webhook>,
        consumer: AnyConsumer<IfUntyped<T, R, RecordOfWebhook<T, Webhook>>>,
        options?: CallOptions,
    ): Promise<ConsumeResult>;
    async recordsFromWebhook(event: SyncWebhook, consumer: Consumer, options?: CallOptions): Promise<ConsumeResult> {
        return consumeModels(this, keyOfWebhook(event, 'recordsFromWebhook'), consumer, options, operations.recordsFromWebhook);
    }

    /**
     * Empties the payloads of records up to and including a cursor, oldest first; ids and metadata stay. Never repeated by the client
     * once sent.
     *
     * @throws {NangoNotFoundError} `unknown_connection`
     * @example
     * ```ts
     * const { has_more } = await nango.pruneRecords({
     *     providerConfigKey: 'github',
     *     connectionId: 'user-1',
     *     model: 'Issue',
     *     untilCursor: 'cursor-of-the-last-record-that-was-read',
     * });
     * ```
     * @see docs/read-records.md
     */
    async pruneRecords<I extends IntegrationId<T> = IntegrationId<T>>(
        config: PruneRecordsConfig<IfUntyped<T, string, I>, ModelName<T, I>>,
        options?: CallOptions,
    ): Promise<PruneRecordsResult> {
        requireConfig(config, 'pruneRecords');
        const { limit, untilCursor, ...key } = readKnown(config, pruneMembers, 'pruneRecords');
        const { model, variant, ...ofConnection } = recordsKey(key, 'pruneRecords');
        const body = { model, until_cursor: requireId(untilCursor, 'untilCursor', 'pruneRecords'), variant, limit };
        return call(this, operations.pruneRecords, { headers: recordsHeaders(ofConnection), body, options });
    }
}
