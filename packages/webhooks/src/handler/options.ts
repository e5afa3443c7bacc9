import type { SigningKeys } from '../signing-keys.js';
import type { AsyncActionEvent, AuthEvent, ForwardEvent, SyncEvent, UnknownEvent, WebhookEvent } from '../webhook-event.js';
import type { DedupeStore } from './dedupe-store.js';

/** An event that names a connection, so that what it says can be checked. */
export type ConfirmableEvent = Exclude<WebhookEvent, UnknownEvent>;

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

/**
 * Options of every `createWebhookHandler`.
 *
 * A handler may be asynchronous. The delivery is answered with 200 when it is done, with 500 when it throws: Nango then tries twice more,
 * within about 9 s. It waits 20 s for an answer, so put longer work in a queue.
 */
export interface WebhookHandlerOptions<Confirmed = undefined> extends SigningKeys {
    /**
     * Asked before the handler of an `auth`, `sync`, `async_action` or `forward` event. What it returns is the handler's
     * `context.confirmed`; when that is false, null or undefined the event is dropped (answered with 200, so that whoever made it
     * can't make Nango think that your server fails). When it throws, the answer is 500 and Nango tries again.
     *
     * Needed because a right signature does not prove that Nango wrote the body: a provider's webhook that matches no connection is
     * passed on raw and signed with the same key. Read the connection by its id, and trust its tags, not the event's:
     * {@link confirmConnection} does.
     *
     * Write it before the handlers, so that TypeScript infers the type of `context.confirmed`.
     */
    readonly confirm?: ((event: ConfirmableEvent) => Awaitable<Confirmed>) | undefined;
    readonly onAuth?: ((event: AuthEvent, context: WebhookContext<Confirmation<Confirmed>>) => unknown) | undefined;
    readonly onSync?: ((event: SyncEvent, context: WebhookContext<Confirmation<Confirmed>>) => unknown) | undefined;
    readonly onAsyncAction?: ((event: AsyncActionEvent, context: WebhookContext<Confirmation<Confirmed>>) => unknown) | undefined;
    readonly onForward?: ((event: ForwardEvent, context: WebhookContext<Confirmation<Confirmed>>) => unknown) | undefined;
    /**
     * Anything else that is signed: types newer than this package, and providers' raw webhooks. Anyone may have written it.
     * Without it they are answered with 200 and forgotten, as Nango asks of receivers.
     */
    readonly onUnknown?: ((event: UnknownEvent, context: WebhookContext) => unknown) | undefined;
    /**
     * Told of every request that is not answered with 200: a `NangoWebhookError`, or what a handler, `confirm` or the store
     * threw. By default, those answered with 500 are written to the console.
     */
    readonly onError?: ((error: unknown, event?: WebhookEvent) => unknown) | undefined;
    /**
     * Where deliveries that succeeded are remembered, for 2 minutes, so that a repetition is answered with 200 without running again.
     * `false` to run every one.
     * @default memoryDedupeStore()
     */
    readonly dedupe?: DedupeStore | false | undefined;
    /** Bytes; a longer body is answered with 413, which Nango does not try again. @default 10_485_760 */
    readonly maxBodySize?: number | undefined;
    /** Milliseconds for the whole body to arrive; then the answer is 408. @default 10_000 */
    readonly bodyTimeout?: number | undefined;
}
