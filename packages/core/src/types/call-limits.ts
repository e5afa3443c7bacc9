import type { Cancellation } from './transport.js';

/** What can end a call before its answer. */
export interface CallLimits {
    readonly signal: AbortSignal | undefined;
    /** ms for the whole call. */
    readonly totalTimeout: number | undefined;
    /** When the call began, in ms since the epoch; `undefined` for now. */
    readonly begunAt?: number | undefined;
    /** Makes the error of a limit that ran out, `progress` being how far the call had come at most. */
    timedOut(scope: 'attempt' | 'total', timeout: number, progress: 'not-sent' | 'maybe-sent'): unknown;
}

/** A call that is under way, as its steps see it: may it go on, and may it wait? */
export interface RunningCall extends Cancellation {
    /** @throws the reason, once the call is cut */
    throwIfCancelled(): void;
    /** Waits; rejects with the reason as soon as the call is cut. */
    sleep(ms: number): Promise<void>;
}
