import type { CallInfo, Logger, RateLimitEvent } from '../types/hooks.js';

/**
 * One warning when calls of this client begin to wait for a used-up rate limit, and one when the last of them has gone: each single wait is
 * of no interest to anybody.
 */
export class UsedUpWindow {
    readonly #log: Logger;
    readonly #waiting = new Set<CallInfo>();
    #calls = 0;
    #since = 0;

    constructor(log: Logger) {
        this.#log = log;
    }

    waits({ call, wait, reason, limit, resetAt, waiting }: RateLimitEvent): void {
        if (wait <= 0 || (reason === 'paced' && limit === undefined)) return;
        const begins = this.#waiting.size === 0;
        if (!this.#waiting.has(call)) this.#calls += 1;
        this.#waiting.add(call);
        if (!begins) return;
        this.#since = Date.now();
        const until = resetAt ?? new Date(this.#since + wait);
        this.#log.warn?.(`nango: the rate limit is used up: calls wait in line, until ${until.toISOString()} at least`, {
            reason,
            waiting,
            limit,
            until,
            wait,
        });
    }

    /** The call waits no longer: it is sent, or has failed. */
    over(call: CallInfo): void {
        if (!this.#waiting.delete(call) || this.#waiting.size > 0) return;
        const duration = Date.now() - this.#since;
        this.#log.warn?.('nango: the rate limit has room again: no call waits in line', { calls: this.#calls, duration });
        this.#calls = 0;
    }
}
