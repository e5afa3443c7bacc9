import type { SigningKeys } from '../signing-keys.js';
import type {
    AsyncActionEvent,
    AuthEvent,
    ConfirmableEvent,
    ConnectionDeletedEvent,
    ForwardEvent,
    SyncEvent,
    UnknownEvent,
    WebhookEvent,
} from '../webhook-event.js';
import type { DedupeStore } from './dedupe-store.js';
import { suggestion } from './suggestion.js';

export type { ConfirmableEvent };

/** Which events a `confirm` is asked about. A plain function is asked about all. */
export interface Confirms<Types extends ConfirmableEvent['type']> {
    readonly confirms?: ((type: Types) => boolean) | undefined;
}

/** What is known of a connection that {@link confirmConnection} found, by the types of the user's integrations. */
export type ConfirmedConnection<T> = {
    [I in keyof T & string]: {
        connection_id: string;
        provider_config_key: I;
        provider: string;
        end_user: { id: string; email: string | null; display_name: string | null } | null;
        tags: Record<string, string>;
        metadata: (T[I] extends { metadata: infer Metadata } ? Metadata : Record<string, unknown>) | null;
        created: string;
    };
}[keyof T & string];

/** Which events are confirmed where that isn't inferred: those of `confirmConnection`, or, by a `confirm` of the user's own, all. */
export type ConfirmedTypes<T, Confirmed> = unknown extends T
    ? ConfirmableEvent['type']
    : [Confirmed] extends [ConfirmedConnection<T> | undefined]
      ? 'auth' | 'forward'
      : ConfirmableEvent['type'];

/** What a handler gets beside the event. */
export interface WebhookContext<Confirmed = undefined> {
    /** What `confirm` returned, e.g. the connection it read. */
    readonly confirmed: Confirmed;
    /** A header of the delivery; a forwarded webhook keeps most of the provider's own. `name` in any case. */
    header(name: string): string | undefined;
}

type Awaitable<T> = T | Promise<T>;
/** What is left of the result of `confirm` once an event is confirmed; undefined when there is no `confirm`. */
type Confirmation<T> = [T] extends [undefined] ? undefined : Exclude<T, false | 0 | '' | null | undefined | void>;
/** A handler of one type of event; `confirmed` is undefined when `confirm` is not asked about it. */
type Handler<Type extends ConfirmableEvent['type'], Event, Confirmed, Types> =
    | ((event: Event, context: WebhookContext<Type extends Types ? Confirmation<Confirmed> : undefined>) => unknown)
    | undefined;

/**
 * Options of every `createWebhookHandler`.
 *
 * A handler may be asynchronous. The delivery is answered with 200 when it is done, with 500 when it throws: Nango then tries twice more,
 * within about 9 s. Nango waits 20 s for an answer, so put longer work in a queue: after 18 s, confirming included, the answer is 503.
 */
export interface WebhookHandlerOptions<
    Confirmed = undefined,
    Types extends ConfirmableEvent['type'] = ConfirmableEvent['type'],
    // biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
    T = any,
> extends SigningKeys {
    /**
     * Asked before the handler of an `auth`, `sync`, `async_action` or `forward` event. What it returns is the handler's
     * `context.confirmed`; when that is false, null, undefined or an empty list the event is dropped (answered with 200, so that a
     * forger can't make Nango think that your server fails) and `onError` is called. When it throws (or returns an error), the answer is
     * 500 and Nango tries
     * again; when it takes longer than 10 s, 503.
     *
     * Needed because a valid signature does not prove that Nango wrote the body: a provider's webhook that matches no connection is
     * passed on raw and signed with the same key. Read the connection by its id, and trust its tags, not the event's:
     * {@link confirmConnection} does. A deletion is confirmed by a value, too: return one when the connection is gone.
     *
     * Write it before the handlers, so that TypeScript infers the type of `context.confirmed`.
     */
    readonly confirm?: (((event: ConfirmableEvent<T>) => Awaitable<Confirmed>) & Confirms<Types>) | undefined;
    /**
     * A connection was created, replaced, or could not be created, replaced or refreshed: see `operation` and `success`. Never a
     * deletion. May run twice for one event, since a failure, its repair and the same failure again have equal bodies: read the
     * connection again (`context.confirmed`), and let the event be a reason to look.
     */
    readonly onAuth?: Handler<'auth', AuthEvent<T>, Confirmed, Types>;
    /** A connection was deleted. May run twice for one event. */
    readonly onConnectionDeleted?:
        | ((event: ConnectionDeletedEvent<T>, context: Pick<WebhookContext, 'header'>) => unknown)
        | undefined;
    readonly onSync?: Handler<'sync', SyncEvent<T>, Confirmed, Types>;
    readonly onAsyncAction?: Handler<'async_action', AsyncActionEvent<T>, Confirmed, Types>;
    readonly onForward?: Handler<'forward', ForwardEvent<T>, Confirmed, Types>;
    /**
     * Anything else that is signed: types newer than this package, and providers' raw webhooks. Anyone may have written it.
     * Without it they are answered with 200 and forgotten, as Nango asks of receivers.
     */
    readonly onUnknown?: ((event: UnknownEvent, context: WebhookContext) => unknown) | undefined;
    /**
     * Hears of every request that is refused, of every event that is not confirmed, and of what fails: a `NangoWebhookError`, or what
     * a handler or your own `confirm` threw. The answer waits for it, at most a second. Without it, refusals are written with
     * `console.warn`, once per reason and minute, and failures of handlers with `console.error`.
     */
    readonly onError?: ((error: unknown, event?: WebhookEvent<T>) => unknown) | undefined;
    /**
     * Where deliveries that succeeded are remembered, for 2 minutes, so that a repetition is answered with 200 without running again.
     * `auth` events are always handled. A store that fails, or does not answer within 0.5 s, costs a repetition, never a delivery.
     * `false` to run every one.
     * @default memoryDedupeStore()
     */
    readonly dedupe?: DedupeStore | false | undefined;
    /** Bytes; a longer body is answered with 413, which Nango does not try again. @default 10_485_760 */
    readonly maxBodySize?: number | undefined;
    /** Milliseconds for the whole body to arrive; then the answer is 408. @default 10_000 */
    readonly bodyTimeout?: number | undefined;
}

type Check = readonly [isFit: (value: unknown) => boolean, what: string];

const callback: Check = [(value) => value === null || typeof value === 'function', 'a function'];
/** The longest time of a timer is 2 ** 31 - 1 ms: a longer one ends at once. */
const limit: Check = [(value) => Number(value) === value && value > 0 && value < 2 ** 31, 'a number from 1 to 2147483647'];
const store: Check = [
    (value) => value === false || ['has', 'add'].every((name) => typeof (value as never)?.[name] === 'function'),
    'false, or a store that has has() and add()',
];

/** What each of {@link WebhookHandlerOptions} has to be; the type says so when one is missing. Keys are checked where they are listed. */
const checks: Record<keyof WebhookHandlerOptions, Check | undefined> = {
    signingKey: undefined,
    signingKeys: undefined,
    confirm: callback,
    onAuth: callback,
    onConnectionDeleted: callback,
    onSync: callback,
    onAsyncAction: callback,
    onForward: callback,
    onUnknown: callback,
    onError: callback,
    dedupe: store,
    maxBodySize: limit,
    bodyTimeout: limit,
};

/**
 * @throws {TypeError} For options that are no object, that have an unknown name, or a value that would fail or let everything pass,
 * once a delivery arrives. Other members of a class are the class's own business.
 */
export function checkOptions(options: unknown): void {
    if (typeof options !== 'object' || options === null)
        throw new TypeError('createWebhookHandler needs options: { signingKey, onAuth, onSync, … }');
    for (const [name, check] of Object.entries(checks)) {
        const value = (options as Record<string, unknown>)[name];
        if (value !== undefined && check && !check[0](value))
            throw new TypeError(`createWebhookHandler: ${name} must be ${check[1]}`);
    }
    const prototype = Object.getPrototypeOf(options);
    if (prototype && Object.getPrototypeOf(prototype)) return;
    const unknown = Object.keys(options).find((name) => !Object.hasOwn(checks, name));
    if (unknown !== undefined)
        throw new TypeError(`createWebhookHandler has no option ${unknown}${suggestion(unknown, Object.keys(checks))}`);
}
