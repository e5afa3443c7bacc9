import { numberCall, uncounted, underWay, underWayLately } from './call-ledger.js';
import { isAlone } from './fair-share.js';
import type { GateState } from './gate-state.js';
import { type KnownWindow, seeFirstCall } from './rate-window.js';
import { resetUncertainty } from './reset-uncertainty.js';
import { slowStartPermits, untilGrowth } from './slow-start.js';
import { lentPermits, usePermit } from './store-lease.js';
import { turnWindow } from './turn-window.js';

/** How many calls may go out now, those that wait included. */
export function permits(gate: GateState, now: number): number {
    turnWindow(gate, now);
    const { window, ledger } = gate;
    if (now < gate.blockedUntil) return 0;
    if (window.kind === 'open') return Number.POSITIVE_INFINITY;
    const lent = lentPermits(gate.lease, window, now);
    if (lent !== undefined) {
        // Never beyond what the API itself has said to be left.
        return window.kind === 'known' ? Math.min(lent, window.remaining - uncounted(ledger)) : lent;
    }
    if (window.kind === 'unknown') return slowStartPermits(window.busySince, ledger, now);
    return Math.min(leftByAnswers(gate, window, now), leftByOwnCount(gate, window));
}

/** What the answers leave: all of it for a gate that is alone with its account, else a part at a time. */
function leftByAnswers({ ledger, fairShare }: GateState, { remaining }: KnownWindow, now: number): number {
    const open = uncounted(ledger);
    if (isAlone(fairShare)) return remaining - open;
    // Calls that take long have been counted seconds ago, though their answers are not here; calls that failed say nothing more.
    const recent = Math.min(open, underWayLately(ledger, now));
    return Math.ceil((remaining - (open - recent)) * fairShare.step) - recent;
}

/**
 * What this gate's own calls leave of the limit. Calls overtake each other on their way: an answer may say that more is left than
 * calls with a lower number will leave.
 */
function leftByOwnCount({ ledger }: GateState, { limit }: KnownWindow): number {
    return limit - (ledger.sent - ledger.windowStart - ledger.rejected);
}

/** Counts a call as sent and gives it its number. */
export function countCall(gate: GateState, now: number): number {
    const { window, ledger } = gate;
    seeFirstCall(window, now);
    if (window.kind === 'unknown' && underWay(ledger) === 0) window.busySince = now;
    usePermit(gate.lease, now);
    return numberCall(ledger, now);
}

/** How long the server itself makes everybody wait, in ms: until a 429's time is over, or a used-up window turns. */
export function imposedWait(gate: GateState, now: number): number {
    const { window, lease } = gate;
    const blocked = Math.max(0, gate.blockedUntil - now);
    const lent = lentPermits(lease, window, now);
    if (lease && lent !== undefined && lent <= 0) {
        // Nobody knows a window yet, or the one that is known is over.
        if (lease.windowNumber === 0 || lease.windowOver) return blocked;
        // The API's answers may show an earlier end than the store has guessed.
        const until = window.kind === 'known' && !window.assumed ? Math.min(lease.askAgainAt, window.resetAt) : lease.askAgainAt;
        return Math.max(blocked, until - now);
    }
    if (window.kind !== 'known') return blocked;
    const usedUp = window.remaining <= uncounted(gate.ledger) || leftByOwnCount(gate, window) <= 0;
    return usedUp && window.resetAt !== Number.POSITIVE_INFINITY ? Math.max(blocked, window.resetAt - now) : blocked;
}

/** Whether the store has been asked and has yet to answer: until then nobody knows whether there is anything to wait for. */
export function awaitsStore({ lease, window }: GateState, now: number): boolean {
    return lease !== undefined && now < lease.askingUntil && (lentPermits(lease, window, now) ?? 1) <= 0;
}

/** When it is worth looking again if nothing happens meanwhile, in ms from now. */
export function nextLook(gate: GateState, now: number): number {
    const imposed = imposedWait(gate, now);
    if (imposed > 0) return imposed;
    const { window, lease } = gate;
    const lent = lentPermits(gate.lease, window, now);
    if (lease && lent !== undefined && lent <= 0) return Math.max(25, Math.min(1_000, lease.askAgainAt - now));
    if (window.kind === 'unknown') return untilGrowth(window.busySince, now);
    // Waits for answers of calls under way; if they don't come, time or the window's turn helps.
    return window.kind === 'known' && window.resetAt !== Number.POSITIVE_INFINITY
        ? Math.max(1, Math.min(resetUncertainty, window.resetAt - now))
        : 1_000;
}
