import type {
    NangoAsyncActionWebhookBody,
    NangoAuthWebhookBody,
    NangoForwardWebhookBody,
    NangoSyncWebhookBodyError,
    NangoSyncWebhookBodySuccess,
} from './bodies.js';

/*
 * The type parameter of the events: types of the user's integrations, as `@x/typegen` writes them. `providerConfigKey` is then one of
 * their ids, and an event of a sync has one of their models.
 */

// biome-ignore-start lint/suspicious/noExplicitAny: nothing is known of the integrations

/** A connection was created or replaced, could not be refreshed, or was deleted: see `operation`. */
export type AuthEvent<T = any> = unknown extends T ? NangoAuthWebhookBody : { [I in Id<T>]: NangoAuthWebhookBody<I> }[Id<T>];

/** A connection was deleted. It has a handler of its own, so that no handler of `auth` events links it again. */
export type ConnectionDeletedEvent<T = any> = AuthEvent<T> & { readonly operation: 'deletion' };

/** A run of a sync ended well for one model. */
export interface SyncSuccessEvent<I extends string = string, Model extends string = string, Sync extends string = string>
    extends NangoSyncWebhookBodySuccess<I, Model, Sync> {
    /** The run went over everything, not over changes since the run before. Never true of a run that a provider's webhook started. */
    readonly isFullSync: boolean;
    /** `unchanged`: nothing was added, updated or deleted. */
    readonly outcome: 'changed' | 'unchanged';
}

/** A run of a sync failed. */
export interface SyncFailureEvent<I extends string = string, Model extends string = string, Sync extends string = string>
    extends NangoSyncWebhookBodyError<I, Model, Sync> {
    /** Never true: a failed run went over nothing to the end. */
    readonly isFullSync: false;
    readonly outcome: 'failed';
}

/** A run of a sync ended, distinguished by `success`; with `T` also by `providerConfigKey` and `model`. */
export type SyncEvent<T = any> = unknown extends T
    ? SyncSuccessEvent | SyncFailureEvent
    : { [I in Id<T>]: SyncEventOf<I, Names<T[I], 'models'>, Names<T[I], 'syncs'>> }[Id<T>];

type SyncEventOf<I extends string, Model extends string, Sync extends string> = [Model] extends [never]
    ? never
    :
          | { [M in Model]: SyncSuccessEvent<I, M, Sync> | SyncFailureEvent<I, M, Sync> }[Model]
          | SyncFailureEvent<I, `${Model},${string}`, Sync>;

/** An async action ended; `waitForActionResult` takes the event, `getAsyncActionResult({ id: event.payload.id })` reads the result. */
export type AsyncActionEvent<T = any> = unknown extends T
    ? NangoAsyncActionWebhookBody
    : { [I in Id<T>]: NangoAsyncActionWebhookBody<I> }[Id<T>];

/** A provider's webhook, for the connection it matched. */
export type ForwardEvent<T = any> = unknown extends T
    ? NangoForwardWebhookBody
    : { [I in Id<T>]: NangoForwardWebhookBody<I> }[Id<T>];

/**
 * Signed, but of no known kind: a type that is newer than this package, or a provider's webhook that matched no connection, which Nango
 * passes on raw. Anyone who can reach the provider's webhook address may have written it.
 */
export interface UnknownEvent {
    readonly type: 'unknown';
    /** The parsed body, whatever it is. */
    readonly body: unknown;
}

/** An event that names a connection, so that what it says can be checked. */
export type ConfirmableEvent<T = any> = AuthEvent<T> | SyncEvent<T> | AsyncActionEvent<T> | ForwardEvent<T>;

/** Every webhook, distinguished by `type`. */
export type WebhookEvent<T = any> = ConfirmableEvent<T> | UnknownEvent;

// biome-ignore-end lint/suspicious/noExplicitAny: nothing is known of the integrations

type Id<T> = keyof T & string;
type Names<Integration, Kind extends string> = Integration extends { [K in Kind]: infer Known } ? keyof Known & string : never;

type Fields = Record<string, unknown>;

/** Gives a parsed body its type. A body that does not have the shape of its own type is unknown, not half-typed. */
export function toEvent(body: unknown): WebhookEvent {
    if (hasText(body, 'from', 'connectionId', 'providerConfigKey')) {
        const ended = body.from === 'nango' && typeof body.success === 'boolean';
        if (body.type === 'auth' && (isDeletion(body) || (ended && hasText(body, 'operation'))))
            return body as unknown as AuthEvent;
        if (body.type === 'sync' && ended && hasText(body, 'syncName', 'model')) return toSyncEvent(body);
        if (body.type === 'async_action' && body.from === 'nango' && hasText(body.payload, 'id')) {
            return body as unknown as AsyncActionEvent;
        }
        if (body.type === 'forward' && 'payload' in body) return body as unknown as ForwardEvent;
    }
    return { type: 'unknown', body };
}

/** Whether an `auth` event reports that a connection was deleted. */
export const isDeletion = (event: object): event is ConnectionDeletedEvent =>
    (event as AuthEvent).type === 'auth' &&
    (event as AuthEvent).operation === 'deletion' &&
    (event as AuthEvent).from === 'nango';

function toSyncEvent(body: Fields): SyncEvent {
    const { success, checkpoints, responseResults: counts, syncType } = body as unknown as NangoSyncWebhookBodySuccess;
    const unchanged = counts && !counts.added && !counts.updated && !counts.deleted;
    return {
        ...body,
        // contract 17.2: a full run has no checkpoint to start from.
        isFullSync: success && syncType !== 'WEBHOOK' && checkpoints?.from == null,
        outcome: success ? (unchanged ? 'unchanged' : 'changed') : 'failed',
    } as unknown as SyncEvent;
}

const hasText = (value: unknown, ...names: string[]): value is Fields =>
    names.every((name) => typeof (value as Fields | null | undefined)?.[name] === 'string');
