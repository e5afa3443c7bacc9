import { type CallLedger, underWay } from './call-ledger.js';
import type { UnknownWindow } from './rate-window.js';

/** Calls under way at most until an answer shows the limit. */
const firstCalls = 8;
/** Calls that take minutes (actions) keep a slow start from its first answer: after each such time as many again may go, in ms. */
const growthInterval = 10_000;

/** How many calls may go out while no limit is known. */
export function slowStartPermits({ busySince }: UnknownWindow, ledger: CallLedger, now: number): number {
    const calls = underWay(ledger);
    if (calls === 0) return firstCalls;
    return firstCalls * (1 + Math.floor(Math.max(0, now - busySince) / growthInterval)) - calls;
}

/** ms until more may go though no call was answered. */
export function untilGrowth({ busySince }: UnknownWindow, now: number): number {
    return growthInterval - (Math.max(0, now - busySince) % growthInterval);
}
