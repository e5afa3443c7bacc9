import type { GateState, LeaseState } from './gate-state.js';

/** Permits that the store has lent; `undefined` where it has no say: there is none, it is broken, or nobody knows a limit. */
export function leasedPermits({ lease, phase, guessed }: GateState, now: number): number | undefined {
    if (!lease || now < lease.brokenUntil || (lease.ignorant && (phase === 'unknown' || guessed))) return undefined;
    return now < lease.endsAt && !lease.turned ? lease.permits : 0;
}

/** Moves all of its times when the clock was set. */
export function moveLease(lease: LeaseState, step: number): void {
    lease.endsAt += step;
    lease.windowSince += step;
    lease.retryAt += step;
    lease.askingUntil += step;
    lease.brokenUntil += step;
    if (lease.untoldBlock > 0) lease.untoldBlock += step;
}
