import type { RateWindow } from './rate-window.js';

/** Permits that a store lends to this process, and how the questions to it stand. Times are local ms since the epoch. */
export interface StoreLease {
    /** Permits left of what was lent. */
    permits: number;
    /** Permits used in this window: says how many to ask for. */
    used: number;
    /** The permits are void from here on: their window has turned. */
    endsAt: number;
    /** The store's number of that window, since when it is known here, and whether the API's answers have shown that it is over. */
    windowNumber: number;
    windowSince: number;
    windowOver: boolean;
    /** How long that window was, in ms. */
    windowLength: number;
    /** The store knew no limit either: a slow start is the way to learn it. */
    limitUnknown: boolean;
    /** It is no use to ask before this. */
    askAgainAt: number;
    /** Since when it was asked and had nothing, each time; 0 when it lent something the last time. */
    emptySince: number;
    /** In how many windows it was no use to ask a second time, lately; and in how many more it is not tried. */
    vainSecondAsks: number;
    secondAsksToSkip: number;
    /** A question is under way until it is answered, or until then. */
    askingUntil: number;
    /** The end of a 429's block that the store has not heard of yet; 0 for none. */
    unreportedBlock: number;
    /** The store does not answer: until then it is not asked. */
    downUntil: number;
    /** Whether its failure was reported. */
    downReported: boolean;
}

export function createStoreLease(): StoreLease {
    return {
        permits: 0,
        used: 0,
        endsAt: 0,
        windowNumber: 0,
        windowSince: 0,
        windowOver: false,
        windowLength: 0,
        limitUnknown: false,
        askAgainAt: 0,
        emptySince: 0,
        vainSecondAsks: 0,
        secondAsksToSkip: 0,
        askingUntil: 0,
        unreportedBlock: 0,
        downUntil: 0,
        downReported: false,
    };
}

/** Permits that the store has lent; `undefined` where it has no say: there is none, it is down, or nobody knows a limit. */
export function lentPermits(lease: StoreLease | undefined, window: RateWindow, now: number): number | undefined {
    if (!lease || now < lease.downUntil) return undefined;
    if (lease.limitUnknown && (window.kind !== 'known' || window.assumed)) return undefined;
    return now < lease.endsAt && !lease.windowOver ? lease.permits : 0;
}

/** Takes the permit of a call that goes out. */
export function usePermit(lease: StoreLease | undefined, now: number): void {
    if (!lease || now >= lease.endsAt) return;
    lease.permits -= 1;
    lease.used += 1;
}

/** Moves its times when the clock was set. */
export function moveLease(lease: StoreLease, step: number): void {
    lease.endsAt += step;
    lease.windowSince += step;
    lease.askAgainAt += step;
    if (lease.emptySince > 0) lease.emptySince += step;
    lease.askingUntil += step;
    lease.downUntil += step;
    if (lease.unreportedBlock > 0) lease.unreportedBlock += step;
}
