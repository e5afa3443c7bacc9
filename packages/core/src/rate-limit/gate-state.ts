/**
 * What is known of one account's rate limit, and who waits for it. Plain data: it is shared by every client of the process,
 * by two copies of this package, and on Workers by requests that must not wait for each other's promises.
 *
 * Calls are numbered as they are admitted. Nango's answers tell how many more calls the window takes *after* the answered
 * one; so the calls that were admitted later are still to be taken off.
 */
export interface GateState {
    /** `unknown` until an answer carries limits; `open` when one succeeded without them (a server with the limit off). */
    phase: 'unknown' | 'open' | 'known';
    /** Calls admitted so far. */
    admitted: number;
    /** Admitted calls that were answered or failed. */
    finished: number;
    /** While unknown: since when calls are under way without an answer. */
    busySince: number;

    /** Calls per window, once known. */
    limit: number;
    /** The least that an answer of this window told to be left. */
    remaining: number;
    /** How many of `admitted` that number already counts. */
    covered: number;
    /** `admitted` when this window began. */
    base: number;
    /** Calls answered in this window, those that met a 429 included. */
    answered: number;
    /** Calls that met a 429 in this window: they used up nothing. */
    rejected: number;
    /** When this window was begun here, in local ms since the epoch. */
    startedAt: number;
    /** When the window has surely turned, in local ms since the epoch. */
    resetAt: number;
    /** Whether `resetAt` is only a guess, until the window's first answer. */
    guessed: boolean;
    /** No call goes out before this: what a 429 asked for. */
    blockedUntil: number;
    /** The part of the account's calls that is this gate's own, 0 to 1. Half until the answers tell. */
    share: number;
    /** `share` at the window's begin. */
    priorShare: number;
    /** The part of what is left that a gate takes at a time when others use the account too, 0 to 1. Lower after 429s. */
    caution: number;

    /** Two moments, and how many calls had been admitted before them: tells which calls are only seconds old. */
    mark: { at: number; admitted: number };
    earlierMark: { at: number; admitted: number };

    /** Oldest first. */
    readonly queue: Waiter[];
    nextTicket: number;
    /** The clock when it was last read: a step back must not lengthen a wait. */
    lastNow: number;
    /** Permits leased from a store, where there is one. */
    lease: LeaseState | undefined;
}

/** One waiting call, as far as others may see it. */
export interface Waiter {
    readonly ticket: number;
    /** After this time nobody is behind it any more: its request ended without a word, as they do on Workers. */
    aliveUntil: number;
    /** Looks again whether it is its turn. Absent where one request must not act for another. */
    readonly look: (() => void) | undefined;
}

/** Permits that a store lends to this process; see `lease.ts`. Times are local ms since the epoch. */
export interface LeaseState {
    /** Permits left of what was lent. */
    permits: number;
    /** They are void from here on: their window has turned. */
    endsAt: number;
    /** The store's number of that window, since when it is known here, and whether the API's answers have told that it is over. */
    window: number;
    windowSince: number;
    turned: boolean;
    /** How long that window was, in ms. */
    length: number;
    /** The store knew no limit either: a slow start is the way to learn it. */
    ignorant: boolean;
    /** Permits used in this window: tells how many to ask for. */
    used: number;
    /** In how many windows it was no use to ask a second time, lately; and in how many more it is not tried. */
    secondInVain: number;
    secondSkips: number;
    /** It is no use to ask before this. */
    retryAt: number;
    /** A question is under way until it is answered, or until then. */
    askingUntil: number;
    /** A 429's block that the store has not been told of yet; 0 for none. */
    untoldBlock: number;
    /** The store does not answer: until then it is not asked. */
    brokenUntil: number;
    /** Whether its failure was reported. */
    warned: boolean;
}

export function createGateState(): GateState {
    return {
        phase: 'unknown',
        admitted: 0,
        finished: 0,
        busySince: 0,
        limit: 0,
        remaining: 0,
        covered: 0,
        base: 0,
        answered: 0,
        rejected: 0,
        startedAt: 0,
        resetAt: 0,
        guessed: false,
        blockedUntil: 0,
        share: 0.5,
        priorShare: 0.5,
        caution: 1 / 16,
        mark: { at: 0, admitted: 0 },
        earlierMark: { at: 0, admitted: 0 },
        queue: [],
        nextTicket: 1,
        lastNow: 0,
        lease: undefined,
    };
}

export function createLeaseState(): LeaseState {
    return {
        permits: 0,
        endsAt: 0,
        window: 0,
        windowSince: 0,
        turned: false,
        length: 0,
        ignorant: false,
        used: 0,
        secondInVain: 0,
        secondSkips: 0,
        retryAt: 0,
        askingUntil: 0,
        untoldBlock: 0,
        brokenUntil: 0,
        warned: false,
    };
}
