import { onAbort } from '../runtime/on-abort.js';
import type { CallLimits, RunningCall } from '../types/call-limits.js';

/** The longest delay that timers take; a longer one would fire at once. */
const maxDelay = 2_147_483_647;

/**
 * The time limits and the caller's signal of one call. At any moment one thing is going on (a wait, or a request); whatever
 * it is, it leaves the way to cut it in `onCancel`, and the first limit to be reached uses it. {@link CallControl.release}
 * takes back every listener and timer.
 */
export class CallControl implements RunningCall {
    reason: unknown;
    cancelled = false;
    /** When the whole call must have ended, in ms since the epoch; `undefined` for no limit. */
    readonly deadline: number | undefined;
    readonly #limits: CallLimits;
    /** Whether anything of this call can have reached the server; and whether, before the latest attempt. */
    #sent = false;
    #sentBefore = false;
    #total: ReturnType<typeof setTimeout> | undefined;
    #attempt: ReturnType<typeof setTimeout> | undefined;
    #offAbort: (() => void) | undefined;
    #onCancel: ((reason: unknown) => void) | undefined;
    /** A limit that was reached while nothing could be cut, e.g. while a transport was being loaded. */
    #missed: { reason: unknown } | undefined;

    constructor(limits: CallLimits) {
        this.#limits = limits;
        const { signal, totalTimeout, begunAt } = limits;
        if (totalTimeout !== undefined) {
            const now = Date.now();
            // A clock that was set back since the call began gives it no more time than it asked for.
            const left = totalTimeout - Math.max(0, now - (begunAt ?? now));
            this.deadline = now + left;
            const end = () => this.cancel(limits.timedOut('total', totalTimeout, this.#sent ? 'maybe-sent' : 'not-sent'));
            if (left <= 0) end();
            else this.#total = setTimeout(end, Math.min(left, maxDelay));
        }
        if (signal) {
            if (signal.aborted) {
                this.cancel(abortReason(signal));
            } else {
                this.#offAbort = onAbort(signal, () => this.cancel(abortReason(signal)));
            }
        }
    }

    get onCancel(): ((reason: unknown) => void) | undefined {
        return this.#onCancel;
    }

    set onCancel(cut: ((reason: unknown) => void) | undefined) {
        this.#onCancel = cut;
        if (cut && this.#missed) this.#cut(this.#missed.reason);
    }

    /** Ends the call: cuts what is going on, and everything that asks afterwards. */
    cancel(reason: unknown): void {
        if (this.cancelled) return;
        this.cancelled = true;
        this.reason = reason;
        this.#cut(reason);
    }

    throwIfCancelled(): void {
        if (this.cancelled) throw this.reason;
    }

    /** Starts the time limit of one attempt; {@link CallControl.endAttempt} stops it. */
    startAttempt(timeout: number | undefined): void {
        this.endAttempt();
        this.#sentBefore = this.#sent;
        this.#sent = true;
        if (timeout !== undefined) {
            const end = () => this.#cut(this.#limits.timedOut('attempt', timeout, 'maybe-sent'));
            this.#attempt = setTimeout(end, Math.min(timeout, maxDelay));
        }
    }

    /** The latest attempt surely did nothing: no connection was made, or the rate limit refused it. */
    forgetAttempt(): void {
        this.#sent = this.#sentBefore;
    }

    endAttempt(): void {
        if (this.#attempt !== undefined) clearTimeout(this.#attempt);
        this.#attempt = undefined;
        if (!this.cancelled) this.#missed = undefined;
    }

    /** Waits; rejects with the reason as soon as the call is cut. */
    sleep(ms: number): Promise<void> {
        this.throwIfCancelled();
        return new Promise((resolve, reject) => {
            const timer = setTimeout(
                () => {
                    this.onCancel = undefined;
                    resolve();
                },
                Math.min(ms, maxDelay),
            );
            this.onCancel = (reason) => {
                clearTimeout(timer);
                reject(reason);
            };
        });
    }

    /** Takes back every listener and timer. Safe to call twice. */
    release(): void {
        this.endAttempt();
        if (this.#total !== undefined) clearTimeout(this.#total);
        this.#total = undefined;
        this.#offAbort?.();
        this.#offAbort = undefined;
        this.onCancel = undefined;
    }

    #cut(reason: unknown): void {
        const cut = this.#onCancel;
        this.#onCancel = undefined;
        if (cut) cut(reason);
        else this.#missed = { reason };
    }
}

function abortReason(signal: AbortSignal): unknown {
    return signal.reason ?? new DOMException('This operation was aborted', 'AbortError');
}
