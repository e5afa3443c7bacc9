import { readRetryAfter } from '../errors/retry-after.js';
import type { ResponseHeaders } from '../types/transport.js';
import type { GateState } from './gate-state.js';
import { type Limits, readLimits } from './read-limits.js';
import { beginWindow, blur, doubtful, leastStep, turnWindow } from './window.js';

/** How much the share of the last window weighs against what this one has shown, in calls. */
const priorWeight = 16;
/** A block is remembered for so long at most: an absurd `Retry-After` must not close the gate for good. */
const longestBlock = 300_000;

/** An admitted call, as the gate remembers it. */
export interface Admission {
    /** Its number. */
    readonly number: number;
    /** When it was let out, in local ms. */
    readonly at: number;
}

/** Learns from an answer other than a 429. */
export function learn(
    state: GateState,
    call: Admission,
    status: number,
    headers: ResponseHeaders,
    proxied: boolean,
    now: number,
): void {
    const success = status >= 200 && status < 300;
    // A failed proxied answer carries the provider's headers (contract 14.3); so does a streamed one.
    if (proxied && !success) return;
    const limits = readLimits(headers, now, proxied);
    if (limits === undefined) return;
    if (limits === 'absent') {
        // 401 and 415 come before the limiter (contract 22), so only a success tells that there is none.
        if (success && (state.phase === 'unknown' || (state.guessed && call.at >= state.startedAt))) state.phase = 'open';
        return;
    }
    if (proxied && (headers['content-length'] === undefined || headers['content-disposition'] !== undefined)) return;
    takeIn(state, call, limits, now);
}

/**
 * Learns from a 429 of Nango itself.
 *
 * @param rejections how many the call has met, this one included
 * @returns ms that the server asks this call to wait
 */
export function learnRejection(
    state: GateState,
    call: Admission,
    headers: ResponseHeaders,
    rejections: number,
    now: number,
): number {
    const limits = readLimits(headers, now, false);
    const known = typeof limits === 'object' ? limits : undefined;
    const asked = readRetryAfter(headers['retry-after'], headers.date);
    // `Retry-After` is floored (contract 3): one more second is never early.
    let wait = Math.max(asked === undefined ? 0 : asked * 1_000 + 1_000, known ? known.endsIn : 0);
    if (wait <= 0) wait = known || asked !== undefined ? 1_000 : Math.min(61_000, 1_000 * 2 ** (rejections - 1));
    if (state.phase === 'known' && isStale(state, call, now + wait)) return 0;
    const until = now + Math.min(wait, longestBlock);
    if (known) takeIn(state, call, { limit: known.limit, remaining: 0, endsIn: until - now }, now);
    else if (state.phase === 'open') state.phase = 'unknown';
    if (state.phase === 'known') {
        state.remaining = 0;
        if (state.rejected === 0) state.caution = Math.max(leastStep, state.caution / 2);
        state.rejected += 1;
        state.resetAt = state.guessed ? until : Math.max(until, state.resetAt);
        state.guessed = false;
    }
    state.blockedUntil = Math.max(state.blockedUntil, until);
    return wait;
}

/** Whether an answer speaks of a window that has already turned here. */
function isStale(state: GateState, call: Admission, endsAt: number): boolean {
    if (call.at >= state.startedAt) return false;
    return state.guessed ? endsAt <= state.startedAt + blur : endsAt < state.resetAt - blur;
}

function takeIn(state: GateState, call: Admission, { limit, remaining, endsIn }: Limits, now: number): void {
    turnWindow(state, now);
    const endsAt = now + endsIn;
    if (state.phase !== 'known') {
        state.phase = 'known';
        beginWindow(state, call.at, remaining, call.number, state.finished);
        state.resetAt = endsAt;
        state.guessed = false;
        state.limit = limit;
        return;
    }
    if (isStale(state, call, endsAt)) return;
    state.limit = limit;
    if (!state.guessed && endsAt > state.resetAt + blur) {
        // The server's window turned before it was sure to have.
        beginWindow(state, call.at, remaining, call.number, Math.min(call.number - 1, state.admitted - doubtful(state, now)));
        state.resetAt = endsAt;
    } else {
        // Each answer's end is late by up to two seconds and never early: the earliest is the best.
        state.resetAt = state.guessed ? endsAt : Math.min(state.resetAt, endsAt);
    }
    state.guessed = false;
    state.answered += 1;
    if (remaining <= state.remaining) {
        state.remaining = remaining;
        state.covered = Math.max(state.covered, call.number);
    }
    state.covered = Math.min(state.admitted, Math.max(state.covered, state.base + state.answered));
    const own = Math.max(0, state.covered - state.base - state.rejected);
    const others = Math.max(0, limit - state.remaining - own);
    state.share = Math.min(1, (own + priorWeight * state.priorShare) / (own + others + priorWeight));
}
