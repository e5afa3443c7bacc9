import { type CallLedger, underWay } from './call-ledger.js';

/** Calls under way at most until an answer shows the limit. */
const firstCalls = 8;
/**
 * Answers of slow calls (actions) take minutes: as long as none is there, so many more may be under way after each such time, in ms.
 * So a quick call behind 39 slow ones waits a quarter of a second; and a first answer that takes a second, since a connection is
 * made, finds no more than 136 calls under way, which nearly every account may make.
 */
const moreCalls = 16;
const growthTime = 125;

/** How many calls may go out while no limit is known, those being under way since a moment that none has answered. */
export function slowStartPermits(busySince: number, ledger: CallLedger, now: number): number {
    const calls = underWay(ledger);
    if (calls === 0) return firstCalls;
    return firstCalls + moreCalls * Math.floor(Math.max(0, now - busySince) / growthTime) - calls;
}

/** ms until more may go though no call was answered. */
export function untilGrowth(busySince: number, now: number): number {
    return growthTime - (Math.max(0, now - busySince) % growthTime);
}

/** ms until a call goes at the latest that has so many ahead of it in the line. */
export function slowStartWait(busySince: number, ledger: CallLedger, ahead: number, now: number): number {
    const steps = Math.ceil((underWay(ledger) + ahead + 1 - firstCalls) / moreCalls);
    return Math.max(0, busySince + steps * growthTime - now);
}
