import type { GateState } from './gate-state.js';
import { readClock, turnWindow } from './window.js';

/** What a client knows of its account's rate limit. */
export interface RateLimitStatus {
    /** Calls that the account may make per window (a minute). `undefined` before the first answer, or when the server has no limit. */
    readonly limit: number | undefined;
    /** Calls left in this window, those under way taken off. */
    readonly remaining: number | undefined;
    /** When the window turns. */
    readonly resetAt: Date | undefined;
    /** Calls that wait for their turn now. */
    readonly queued: number;
}

export function rateLimitStatus(gate: GateState | undefined): RateLimitStatus {
    if (gate?.phase !== 'known')
        return { limit: undefined, remaining: undefined, resetAt: undefined, queued: gate?.queue.length ?? 0 };
    turnWindow(gate, readClock(gate));
    return {
        limit: gate.limit,
        remaining: Math.max(0, gate.remaining - (gate.admitted - gate.covered)),
        resetAt: gate.resetAt === Number.POSITIVE_INFINITY ? undefined : new Date(gate.resetAt),
        queued: gate.queue.length,
    };
}
