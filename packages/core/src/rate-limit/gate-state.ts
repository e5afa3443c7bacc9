import { type CallLedger, createLedger } from './call-ledger.js';
import { createFairShare, type FairShare } from './fair-share.js';
import type { RateWindow } from './rate-window.js';
import type { StoreLease } from './store-lease.js';
import { createLine, type WaitingLine } from './waiting-line.js';

/**
 * What is known of one account's rate limit, and who waits for it; docs/decisions/rate-limit-model.md explains it. Plain data: it is
 * shared by every client of the process, by two copies of this package, and on Workers by requests that must not wait for each other's
 * promises. Every change of its fields or of their meaning takes a new number in {@link gateShape}.
 */
export interface GateState {
    /** The server's window, as its answers describe it. */
    window: RateWindow;
    /** The calls of this gate, by number. */
    readonly ledger: CallLedger;
    /** How much of the account this gate takes. */
    readonly fairShare: FairShare;
    /** The calls that wait. */
    readonly line: WaitingLine;
    /** No call goes out before this: what a 429 asked for, in local ms since the epoch. */
    blockedUntil: number;
    /** The clock when it was last read: a step back must not lengthen a wait. */
    clockReadAt: number;
    /** Permits lent by a store, where there is one. */
    lease: StoreLease | undefined;
}

/** Under this name the gates of a process are shared by all copies of this package whose gates have the same fields. */
export const gateShape = 'nango.gate.v2';

export function createGateState(): GateState {
    return {
        window: { kind: 'unknown', busySince: 0 },
        ledger: createLedger(),
        fairShare: createFairShare(),
        line: createLine(),
        blockedUntil: 0,
        clockReadAt: 0,
        lease: undefined,
    };
}
