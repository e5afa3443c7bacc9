import { NangoApiError, type NangoRateLimitError } from '../errors/api-error.js';
import { readRetryAfter } from '../errors/retry-after.js';
import type { HookRunner } from '../hooks/hook-runner.js';
import type { GatePass } from '../rate-limit/gate-pass.js';
import type { RunningCall } from '../types/call-limits.js';
import type { RetryEvent } from '../types/hooks.js';
import type { PreparedCall } from '../types/prepared-call.js';
import { kindOfCall, kindOfFailure } from './classify.js';
import { decisionTable } from './decision-table.js';
import { type RetryBudget, spendRepeat } from './retry-budget.js';
import type { RetryPolicy } from './retry-policy.js';

/** The longest wait that a server may ask for with `Retry-After` beside its rate limit, in ms; for a longer one the call gives up. */
const longestAsked = 65_000;

/** For so long a call tries to reach a server of which nobody knows that it is there, in ms. */
const longestUnknown = 1_000;

/** One call's repeats. Made at its first failure. */
export class Repeats {
    readonly #call: PreparedCall;
    readonly #policy: RetryPolicy | undefined;
    readonly #budget: RetryBudget;
    readonly #control: RunningCall;
    readonly #hooks: HookRunner | undefined;
    /** Waits for a repeat so far, those after which the budget let none through included. */
    #waits = 0;
    /** When it first could not be sent. */
    #unsentSince: number | undefined;

    constructor(
        call: PreparedCall,
        policy: RetryPolicy | undefined,
        budget: RetryBudget,
        control: RunningCall,
        hooks: HookRunner | undefined,
    ) {
        this.#call = call;
        this.#policy = policy;
        this.#budget = budget;
        this.#control = control;
        this.#hooks = hooks;
    }

    /**
     * Resolves when the call is to be sent again.
     *
     * @throws the error itself when it is the call's last
     */
    async next(error: unknown, attempt: number, pass: GatePass): Promise<void> {
        const call = this.#call;
        if (this.#control.cancelled) throw error;
        const failure = kindOfFailure(error);
        const waits = failure === 'rate limit' && pass.rejected(error as NangoRateLimitError);
        if (call.source?.replayable === false) throw error;
        const decision = decisionTable[kindOfCall(call.operation, call.method)][failure];
        if (decision === 'wait') {
            // The gate makes it wait, in its old place in the line.
            if (!waits) throw error;
            return;
        }
        if (decision === 'fail' || (decision === 'if asked' && !call.options.retry)) throw error;
        if (failure !== 'not sent') return this.#wait(error, attempt, Number.POSITIVE_INFINITY);
        if (pass.waitsForServer) {
            // Until it is back the gate makes it wait, in its old place in the line.
            this.#hooks?.emit('onRetry', { call: call.info, attempt, wait: pass.untilProbe, cause: causeOf(error) });
            return;
        }
        const now = Date.now();
        this.#unsentSince ??= now;
        return this.#wait(error, attempt, pass.failsSoon ? longestUnknown - (now - this.#unsentSince) : Number.POSITIVE_INFINITY);
    }

    /** @param left ms in which the call is to be sent again, if at all */
    async #wait(error: unknown, attempt: number, left: number): Promise<void> {
        const policy = this.#policy;
        const asked = askedWait(error);
        do {
            if (!policy || this.#waits >= policy.limit || asked > longestAsked || left <= 0) throw error;
            this.#waits += 1;
            const wait = Math.min(left, asked + backoff(policy, this.#waits));
            this.#hooks?.emit('onRetry', { call: this.#call.info, attempt, wait, cause: causeOf(error) });
            await this.#control.sleep(wait);
        } while (!spendRepeat(this.#budget, Date.now()));
    }
}

/** ms that the server asks to wait, 0 when it asks nothing. */
function askedWait(error: unknown): number {
    if (!(error instanceof NangoApiError)) return 0;
    const { headers } = error.response;
    return (readRetryAfter(headers['retry-after'], headers.date) ?? 0) * 1_000;
}

function causeOf(error: unknown): RetryEvent['cause'] {
    if (error instanceof NangoApiError) return { status: error.status };
    const { progress, code } = error as { progress: 'maybe-sent'; code: string | undefined };
    return { progress, code };
}

/**
 * Full jitter: anything between 0 and a bound that doubles with each repeat, so that calls which failed together do not come
 * back together.
 *
 * @param repeat 1 for the first repeat
 * @returns ms
 */
function backoff(policy: RetryPolicy, repeat: number): number {
    return Math.random() * Math.min(policy.maxDelay, policy.baseDelay * 2 ** Math.min(repeat - 1, 30));
}
