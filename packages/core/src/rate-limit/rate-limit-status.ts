import { uncounted } from './call-ledger.js';
import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import { resetDate } from './rate-window.js';
import { turnWindow } from './turn-window.js';

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
    if (gate) turnWindow(gate, readClock(gate));
    const queued = gate?.line.waiting.length ?? 0;
    if (gate?.window.kind !== 'known') return { limit: undefined, remaining: undefined, resetAt: undefined, queued };
    const { limit, remaining } = gate.window;
    return { limit, remaining: Math.max(0, remaining - uncounted(gate.ledger)), resetAt: resetDate(gate.window), queued };
}
