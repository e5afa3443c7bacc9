import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import type { Lease } from './permit-store.js';
import type { StoreLease } from './store-lease.js';
import { assumeWindow } from './turn-window.js';

/** Windows in which a second question is skipped at most, after as many in which it was in vain. */
const mostSkips = 8;

/** Further ahead than this is no window of Nango's, in ms: as for what the API itself answers. */
const farthest = 300_000;
/** A store that has nothing is not asked again sooner, in ms. */
const shortestRest = 100;
/** No window lasts so long: a store that had nothing since can't be right, in ms. */
const longestEmpty = 130_000;
/** A gap between questions after which the time without permits counts anew, in ms. */
const longestGap = 10_000;

/** Whether a store's answer can be one. Whoever writes to the store's keys must not hold or flood a fleet. */
export function isLease(answer: unknown): answer is Lease {
    if (typeof answer !== 'object' || answer === null) return false;
    const { granted, window, endsIn, retryIn } = answer as Record<keyof Lease, unknown>;
    const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
    const isTime = (value: unknown) => typeof value === 'number' && value >= 0 && value <= farthest;
    return (granted === undefined || isCount(granted)) && isCount(window) && isTime(endsIn) && isTime(retryIn);
}

/** Whether a store has had nothing for longer than any window lasts. */
export function lendsNothing(lease: StoreLease, now: number): boolean {
    if (lease.emptySince === 0 || now - lease.emptySince < longestEmpty) return false;
    lease.emptySince = 0;
    return true;
}

/** Takes in what a store has answered. */
export function takeLease(gate: GateState, lease: StoreLease, answer: Lease, askedAt: number): void {
    const now = readClock(gate);
    lease.askingUntil = 0;
    lease.downUntil = 0;
    lease.downReported = false;
    lease.limitUnknown = answer.granted === undefined;
    if (answer.granted === undefined) {
        // Those in line look again now, and would ask at once, without end.
        if (gate.window.kind === 'known') lease.askAgainAt = now + shortestRest;
        return;
    }
    const second = answer.window === lease.windowNumber;
    if (!second) beginLease(gate, lease, answer.window, askedAt, now);
    if (answer.granted > 0) lease.emptySince = 0;
    else if (lease.emptySince === 0 || now - lease.askAgainAt > longestGap) lease.emptySince = now;
    lease.permits += answer.granted;
    // The way took its time: void rather too soon, asked again rather too late.
    lease.endsAt = askedAt + answer.endsIn;
    const rest = isWorthASecond(gate, lease, answer, second) ? answer.retryIn : answer.endsIn;
    lease.askAgainAt = now + (answer.granted > 0 ? rest : Math.max(rest, shortestRest));
}

function beginLease(gate: GateState, lease: StoreLease, windowNumber: number, askedAt: number, now: number): void {
    // What the answers of the old window said is over, too.
    if (lease.windowNumber !== 0 && gate.window.kind === 'known' && !lease.windowOver) assumeWindow(gate, gate.window.limit, now);
    lease.used = 0;
    lease.permits = 0;
    lease.windowNumber = windowNumber;
    lease.windowSince = askedAt;
    lease.windowOver = false;
}

/**
 * Whether to ask again in this window for what others have left of it. Where nothing was left the last times, that is tried in
 * fewer and fewer windows, unless a little more would be enough.
 */
function isWorthASecond(gate: GateState, lease: StoreLease, { granted = 0, retryIn, endsIn }: Lease, second: boolean): boolean {
    if (retryIn === 0 || retryIn >= endsIn) {
        if (second && granted === 0) {
            lease.vainSecondAsks = Math.min(mostSkips, lease.vainSecondAsks * 2 || 1);
            lease.secondAsksToSkip = lease.vainSecondAsks;
        }
        return retryIn === 0;
    }
    if (second && granted) lease.vainSecondAsks = 0;
    if (lease.secondAsksToSkip === 0 || gate.line.waiting.length <= 2 * granted) return true;
    lease.secondAsksToSkip -= 1;
    return false;
}
