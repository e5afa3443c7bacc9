import { type CallOptions, call, NangoApiError, NangoTimeoutError } from '@x/core';
import { argumentError, onAbort, sleep } from '@x/core/internal';
import { type AsyncActionHandle, actionId } from './action-id.js';
import { waitForActionResult as operation } from './operations.js';

/** A webhook about an async action that has ended, as `parseWebhook` of `@x/webhooks` returns it. */
export interface AsyncActionWebhook {
    type: 'async_action';
    payload: { id: string; statusUrl?: string };
}

/** How `waitForActionResult` waits. */
export interface WaitForActionOptions extends Omit<CallOptions, 'totalTimeout'> {
    /** How long to wait for the result in ms, all polls included; `false` for no limit but `signal`. @default 960_000 */
    timeout?: number | false | undefined;
    /** Time between the first two polls in ms; it grows by half with each, to 15 s at most. @default 1_000 */
    interval?: number | undefined;
    /**
     * The action's webhook, when your handler gets it while this call waits: the result is fetched at once. A webhook of another action is
     * ignored.
     */
    webhook?: PromiseLike<AsyncActionWebhook> | undefined;
}

/** An action may run for 15 minutes. */
const defaultTimeout = 960_000;
const longestInterval = 15_000;
/** What the poll at the deadline gets, in ms. */
const lastPoll = 1_000;

/** See `Actions.waitForActionResult`. */
export async function waitForResult<Out>(
    client: object,
    action: AsyncActionHandle | AsyncActionWebhook,
    { timeout = defaultTimeout, interval = 1_000, webhook, ...options }: WaitForActionOptions = {},
): Promise<Out> {
    const limit = timeout === false ? Number.POSITIVE_INFINITY : timeout;
    checkTime(limit, 'timeout', ', or false for none');
    checkTime(interval, 'interval');
    const id = actionId(isWebhook(action) ? action.payload : action, operation.name);
    const deadline = Date.now() + limit;
    let ended = isWebhook(action);
    const wake = new AbortController();
    webhook?.then(
        (event) => {
            if (!isWebhook(event) || event.payload.id !== id) return;
            ended = true;
            wake.abort();
        },
        // A handler that failed says nothing about the action: the polls go on.
        () => undefined,
    );
    const { signal } = options;
    const off = signal && onAbort(signal, () => wake.abort());
    try {
        for (let wait = interval; ; wait = Math.min(wait * 1.5, Math.max(interval, longestInterval))) {
            const endedBefore = ended;
            const totalTimeout = Math.max(deadline - Date.now(), lastPoll);
            try {
                return await call<Out>(client, operation, { path: { id }, options: { ...options, totalTimeout } });
            } catch (error) {
                const cut = NangoTimeoutError.isInstance(error) && error.scope === 'total';
                if (!cut && !isPending(error)) throw error;
                // Contract 13.2: 404 is queued, running, unknown or a result of null. Once it has ended, null is what is left.
                if (endedBefore && !cut) return null as Out;
                if (Date.now() >= deadline) throw tooLate(limit, error);
            }
            if (!ended) await sleep(Math.min(wait, deadline - Date.now()), wake.signal).catch(() => undefined);
            signal?.throwIfAborted();
        }
    } finally {
        off?.();
    }
}

function isWebhook(action: unknown): action is AsyncActionWebhook {
    const { type, payload } = (action ?? {}) as Partial<AsyncActionWebhook>;
    return type === 'async_action' && typeof payload === 'object' && payload !== null;
}

function isPending(error: unknown): boolean {
    return NangoApiError.isInstance(error) && error.status === 404 && error.code === 'not_found';
}

function tooLate(timeout: number, cause: unknown): NangoTimeoutError {
    const { name, method, path } = operation;
    return new NangoTimeoutError(
        `${name}: no result within ${timeout} ms: the action is queued or running, its id is unknown, or its result is null: the API answers alike`,
        { operation: name, method, path, timeout, scope: 'total', cause },
        'answered',
    );
}

function checkTime(value: unknown, parameter: string, more = ''): void {
    if (typeof value === 'number' && value > 0) return;
    throw argumentError(operation.name, parameter, `must be a number of milliseconds above 0${more}`);
}
