import { readRetryAfter } from '../errors/retry-after.js';
import type { ResponseHeaders } from '../types/transport.js';
import { underWayLately } from './call-ledger.js';
import { backOff, learnShare } from './fair-share.js';
import type { GateState } from './gate-state.js';
import type { KnownWindow } from './rate-window.js';
import { type Limits, readLimits } from './read-limits.js';
import { resetUncertainty } from './reset-uncertainty.js';
import { beginWindow, turnWindow } from './turn-window.js';

/** A block is remembered for so long at most: an absurd `Retry-After` must not close the gate for good. */
const longestBlock = 300_000;

/** A call that was sent, as the gate remembers it. */
export interface SentCall {
    /** Its number in the ledger. */
    readonly number: number;
    /** When it went out, in local ms. */
    readonly at: number;
}

/** Learns from an answer other than a 429. */
export function learn(
    gate: GateState,
    call: SentCall,
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
        // 401 and 415 come before the limiter (contract 1.2), so only a success shows that there is none.
        if (success && mayBeOff(gate, call)) gate.window = { kind: 'open' };
        return;
    }
    if (proxied && (headers['content-length'] === undefined || headers['content-disposition'] !== undefined)) return;
    takeIn(gate, call, limits, now);
}

/**
 * Learns from a 429 of Nango itself.
 *
 * @param rejections how many the call has met, this one included
 * @returns ms that the server asks this call to wait
 */
export function learnRejection(
    gate: GateState,
    call: SentCall,
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
    if (gate.window.kind === 'known' && isOfOldWindow(gate.window, call, now + wait)) return 0;
    const until = now + Math.min(wait, longestBlock);
    if (known) takeIn(gate, call, { limit: known.limit, remaining: 0, endsIn: until - now }, now);
    // A server that had its limit off has it on again: careful from the block's end.
    else if (gate.window.kind === 'open') gate.window = { kind: 'unknown', busySince: until };
    if (gate.window.kind === 'known') useUp(gate, gate.window, until);
    gate.blockedUntil = Math.max(gate.blockedUntil, until);
    return wait;
}

/** Nothing is left of the window, whatever was known of it. */
function useUp({ ledger, fairShare }: GateState, window: KnownWindow, until: number): void {
    window.remaining = 0;
    window.resetAt = window.assumed ? until : Math.max(until, window.resetAt);
    window.assumed = false;
    if (ledger.rejected === 0) backOff(fairShare);
    ledger.rejected += 1;
}

function mayBeOff({ window }: GateState, call: SentCall): boolean {
    return window.kind === 'unknown' || (window.kind === 'known' && window.assumed && call.at >= window.startedAt);
}

/** Whether an answer speaks of a window that has already turned here. */
function isOfOldWindow(window: KnownWindow, call: SentCall, endsAt: number): boolean {
    if (call.at >= window.startedAt) return false;
    return window.assumed ? endsAt <= window.startedAt + resetUncertainty : endsAt < window.resetAt - resetUncertainty;
}

function takeIn(gate: GateState, call: SentCall, { limit, remaining, endsIn }: Limits, now: number): void {
    turnWindow(gate, now);
    const { ledger } = gate;
    const resetAt = now + endsIn;
    const told = { limit, remaining, startedAt: call.at, resetAt, assumed: false, countedUpTo: call.number };
    if (gate.window.kind !== 'known') {
        beginWindow(gate, { ...told, windowStart: ledger.finished });
        return;
    }
    let window = gate.window;
    if (isOfOldWindow(window, call, resetAt)) return;
    if (!window.assumed && resetAt > window.resetAt + resetUncertainty) {
        // The server's window turned before it was sure to have.
        const settled = ledger.sent - underWayLately(ledger, now);
        window = beginWindow(gate, { ...told, windowStart: Math.min(call.number - 1, settled) });
    } else {
        window.limit = limit;
        // Each answer's end is late by up to two seconds and never early: the earliest is the best.
        window.resetAt = window.assumed ? resetAt : Math.min(window.resetAt, resetAt);
        window.assumed = false;
    }
    countAnswer(gate, window, call, remaining);
}

/** The least that an answer says to be left holds, after the last call that it can have counted. */
function countAnswer({ ledger, fairShare }: GateState, window: KnownWindow, call: SentCall, remaining: number): void {
    if (remaining <= window.remaining) {
        window.remaining = remaining;
        ledger.countedUpTo = Math.max(ledger.countedUpTo, call.number);
    }
    const own = Math.max(0, ledger.countedUpTo - ledger.windowStart - ledger.rejected);
    learnShare(fairShare, own, Math.max(0, window.limit - window.remaining - own));
}
