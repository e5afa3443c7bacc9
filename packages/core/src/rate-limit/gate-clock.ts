import { moveLedger } from './call-ledger.js';
import type { GateState } from './gate-state.js';
import { moveWindow } from './rate-window.js';
import { moveLease } from './store-lease.js';

/** A smaller step back than this is not a clock that was set, in ms. */
const smallestStep = 1_000;

/** Reads the clock. One that was set back moves along what is remembered, so that no wait grows. */
export function readClock(gate: GateState): number {
    const now = Date.now();
    const step = now - gate.clockReadAt;
    if (step < -smallestStep) moveTimes(gate, step);
    gate.clockReadAt = now;
    return now;
}

function moveTimes(gate: GateState, step: number): void {
    gate.blockedUntil += step;
    moveWindow(gate.window, step);
    moveLedger(gate.ledger, step);
    if (gate.lease) moveLease(gate.lease, step);
    for (const waiter of gate.line.waiting) waiter.aliveUntil += step;
}
