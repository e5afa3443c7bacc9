import type { GateState } from './gate-state.js';
import { leasedPermits, moveLease } from './lease-state.js';

/** Nango's window (contract 3). Only a first guess: the answers of a window tell when it ends. */
const windowLength = 60_000;
/** Header times are whole seconds, so the end of a window is known to about a second or two. */
export const blur = 2_500;
/** Calls under way at most until an answer tells the limit. */
const slowStart = 8;
/** Calls that take minutes (actions) keep a slow start from its first answer: after each such time as many again may go. */
const patience = 10_000;

/** A greater share than this counts as all of it. */
const alone = 0.9;
/** The greatest part that is taken at a time beside others. */
const greatestStep = 1 / 16;
/** The least. */
export const leastStep = 1 / 256;

/** Reads the clock. A clock that was set back moves what is remembered along, so that no wait grows. */
export function readClock(state: GateState): number {
    const now = Date.now();
    const step = now - state.lastNow;
    if (step < -1_000) {
        state.resetAt += step;
        state.blockedUntil += step;
        state.startedAt += step;
        state.busySince += step;
        if (state.lease) moveLease(state.lease, step);
        for (const waiter of state.queue) waiter.aliveUntil += step;
    }
    state.lastNow = now;
    return now;
}

/** Begins the next window when this one has surely turned. */
export function turnWindow(state: GateState, now: number): void {
    if (state.phase !== 'known' || now < state.resetAt || now < state.blockedUntil) return;
    if (state.lease && !state.guessed && state.startedAt >= state.lease.windowSince) {
        state.lease.turned = true;
        state.lease.length = state.resetAt - state.startedAt;
    }
    startWindow(state, now);
}

/** Begins a window of which nothing is known yet. */
export function startWindow(state: GateState, now: number): void {
    // Late in a window a call may count in either: those that are still unanswered are taken off the new one too.
    const settled = state.admitted - doubtful(state, now);
    beginWindow(state, now, state.limit, settled, settled);
    state.resetAt = Number.POSITIVE_INFINITY;
    state.guessed = true;
}

/** How many calls were admitted in the last seconds; rather too many than too few. */
function admittedLately(state: GateState, now: number): number {
    // Calls after a mark follow it within `blur`, or a new mark would have been made.
    if (now - state.mark.at > 2 * blur) return 0;
    return state.admitted - (now - state.earlierMark.at > 2 * blur ? state.mark : state.earlierMark).admitted;
}

/** How many calls of the last seconds are unanswered. */
export function doubtful(state: GateState, now: number): number {
    return Math.min(state.admitted - state.finished, admittedLately(state, now));
}

/** Begins a window of which the first `base` calls are no part, and in which `remaining` are left after the first `covered` ones. */
export function beginWindow(state: GateState, now: number, remaining: number, covered: number, base: number): void {
    state.remaining = remaining;
    state.covered = covered;
    state.base = base;
    if (state.rejected === 0) state.caution = Math.min(greatestStep, state.caution * 1.25);
    state.answered = 0;
    state.rejected = 0;
    state.startedAt = now;
    state.priorShare = state.share;
}

/** How many calls may go out now, those that wait included. */
export function permits(state: GateState, now: number): number {
    turnWindow(state, now);
    if (now < state.blockedUntil) return 0;
    if (state.phase === 'open') return Number.POSITIVE_INFINITY;
    const leased = leasedPermits(state, now);
    if (leased !== undefined) {
        const told = state.phase === 'known' ? state.remaining - (state.admitted - state.covered) : leased;
        return Math.min(leased, told);
    }
    if (state.phase === 'unknown') {
        const underWay = state.admitted - state.finished;
        if (underWay === 0) return slowStart;
        return slowStart * (1 + Math.floor(Math.max(0, now - state.busySince) / patience)) - underWay;
    }
    return Math.min(toldLeft(state, now), ownLeft(state));
}

/**
 * What the answers leave. Alone with its account, a gate takes all of it. Where others use the account too it takes a small part,
 * and another when the answers tell what all have taken meanwhile: all come to their share, whatever it is, with few 429s.
 */
function toldLeft(state: GateState, now: number): number {
    const uncounted = state.admitted - state.covered;
    if (state.share > alone) return state.remaining - uncounted;
    // Calls that take long have been counted seconds ago, though their answers are not here; calls that failed tell nothing more.
    const recent = Math.min(uncounted, doubtful(state, now));
    return Math.ceil((state.remaining - (uncounted - recent)) * state.caution) - recent;
}

/**
 * What this gate's own calls leave of the limit. Calls overtake each other on their way: an answer may tell more to be left than
 * calls that were admitted earlier will leave.
 */
function ownLeft(state: GateState): number {
    return state.limit - (state.admitted - state.base - state.rejected);
}

/** Counts a call as sent and gives it its number. */
export function admit(state: GateState, now: number): number {
    if (state.phase === 'known' && state.guessed && state.resetAt === Number.POSITIVE_INFINITY) {
        // The server's window begins with its first call.
        state.startedAt = now;
        state.resetAt = now + windowLength + 1_000;
    }
    if (state.phase === 'unknown' && state.admitted === state.finished) state.busySince = now;
    if (now - state.mark.at > blur) {
        // Written in place: this runs for every call.
        state.earlierMark.at = state.mark.at;
        state.earlierMark.admitted = state.mark.admitted;
        state.mark.at = now;
        state.mark.admitted = state.admitted;
    }
    if (state.lease && now < state.lease.endsAt) {
        state.lease.permits -= 1;
        state.lease.used += 1;
    }
    state.admitted += 1;
    return state.admitted;
}

/** How long the server itself makes everybody wait, in ms: until a 429's time is over, or a used-up window turns. */
export function imposedWait(state: GateState, now: number): number {
    const blocked = state.blockedUntil - now;
    const leased = leasedPermits(state, now);
    if (state.lease && leased !== undefined && leased <= 0 && state.phase === 'known') {
        // The API's answers may tell an earlier end than the store has guessed.
        const more = state.lease.turned
            ? 0
            : Math.min(state.lease.retryAt, state.guessed ? Number.POSITIVE_INFINITY : state.resetAt);
        return Math.max(0, blocked, more - now);
    }
    const usedUp = state.phase === 'known' && (state.remaining <= state.admitted - state.covered || ownLeft(state) <= 0);
    const reset = usedUp && state.resetAt !== Number.POSITIVE_INFINITY ? state.resetAt - now : 0;
    return Math.max(0, blocked, reset);
}

/** When it is worth looking again if nothing happens meanwhile, in ms from now. */
export function nextLook(state: GateState, now: number): number {
    const imposed = imposedWait(state, now);
    if (imposed > 0) return imposed;
    const leased = leasedPermits(state, now);
    if (state.lease && leased !== undefined && leased <= 0) return Math.max(25, Math.min(1_000, state.lease.retryAt - now));
    if (state.phase === 'unknown') return patience - (Math.max(0, now - state.busySince) % patience);
    // Waits for answers of calls under way; if they don't come, time or the window's turn helps.
    return state.phase === 'known' && state.resetAt !== Number.POSITIVE_INFINITY
        ? Math.max(1, Math.min(blur, state.resetAt - now))
        : 1_000;
}
