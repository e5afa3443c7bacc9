import { underWayLately } from './call-ledger.js';
import { recover, rememberShare } from './fair-share.js';
import type { GateState } from './gate-state.js';
import type { KnownWindow } from './rate-window.js';

/** What an answer, or the lack of one, says of a window that begins. */
interface Beginning {
    readonly limit: number;
    readonly remaining: number;
    readonly startedAt: number;
    readonly resetAt: number;
    readonly assumed: boolean;
    /** Number of the last call that is no part of the window, and of the last that `remaining` counts. */
    readonly windowStart: number;
    readonly countedUpTo: number;
}

/** Begins a window: the ledger counts anew, and what the window before has shown of the fair share is kept. */
export function beginWindow(gate: GateState, beginning: Beginning): KnownWindow {
    const { ledger, fairShare } = gate;
    const { limit, remaining, startedAt, resetAt, assumed, windowStart, countedUpTo } = beginning;
    if (ledger.rejected === 0) recover(fairShare);
    rememberShare(fairShare);
    ledger.windowStart = windowStart;
    ledger.countedUpTo = countedUpTo;
    ledger.rejected = 0;
    const window: KnownWindow = { kind: 'known', limit, remaining, startedAt, resetAt, assumed };
    gate.window = window;
    return window;
}

/** Begins the next window when this one has surely turned. */
export function turnWindow(gate: GateState, now: number): void {
    const { window, lease, blockedUntil } = gate;
    if (window.kind !== 'known' || now < window.resetAt || now < blockedUntil) return;
    if (lease && !window.assumed && window.startedAt >= lease.windowSince) {
        lease.windowOver = true;
        lease.windowLength = window.resetAt - window.startedAt;
    }
    assumeWindow(gate, window.limit, now);
}

/** Begins a window of which nothing is known yet but its limit. */
export function assumeWindow(gate: GateState, limit: number, now: number): void {
    // Late in a window a call may count in either: those that are still under way are taken off the new one, too.
    const settled = gate.ledger.sent - underWayLately(gate.ledger, now);
    beginWindow(gate, {
        limit,
        remaining: limit,
        startedAt: now,
        resetAt: Number.POSITIVE_INFINITY,
        assumed: true,
        windowStart: settled,
        countedUpTo: settled,
    });
}
