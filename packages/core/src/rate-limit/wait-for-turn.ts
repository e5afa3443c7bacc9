import type { RunningCall } from '../types/call-limits.js';
import { readClock } from './gate-clock.js';
import type { GateState } from './gate-state.js';
import { dropSilent, enqueue, leaveLine, letOut, type Waiter } from './waiting-line.js';

/** How long a waiting request of a fetch runtime may stay silent before the others go on without it, in ms. */
const longestSilence = 3_000;

/** What a waiting call asks for. */
export interface Wish {
    readonly ticket: number;
    readonly control: RunningCall;
    /** Whether waiting calls may wake each other: see `Platform.sharesPromises`. */
    readonly wakes: boolean;
    /** How many calls of the line may go out now. */
    turns(now: number): number;
    /** How long the server makes the call wait, in ms. */
    imposed(now: number): number;
    /** When it is worth looking again, in ms. */
    untilChange(now: number): number;
    /** Sends the call: it is its turn. */
    admit(now: number): void;
    /** Asks the store for permits, where there is one. */
    ask(now: number): void;
    /** Whether it goes out though it is not its turn. */
    goesAnyway(imposed: number, now: number): boolean;
    /** The error of a call that would have to wait too long, if it would. */
    refuse(imposed: number, now: number): unknown;
}

/**
 * Waits in line. Every waiting call has its own timer and its own promise; what they share is the line, which is data. Where
 * calls may wake each other, the first in line lets out as many as may go, in order; elsewhere each looks for itself, by its
 * place in the line.
 */
export function waitForTurn(gate: GateState, wish: Wish): Promise<void> {
    const { control, wakes } = wish;
    const { line } = gate;
    return new Promise((resolve, reject) => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        let left = false;
        const look = () => {
            const now = readClock(gate);
            if (!wakes) dropSilent(line, now);
            const place = wakes ? 0 : line.waiting.indexOf(waiter);
            if (place >= 0 && refused(now)) return;
            if (place < 0 || wish.turns(now) > place) return go(now);
            wish.ask(now);
            if (!endWait(now)) arm(now);
        };
        const go = (now: number) => {
            leave();
            wish.admit(now);
            resolve();
        };
        /** Ends a wait that is too long. */
        const refused = (now: number) => {
            const error = wish.refuse(wish.imposed(now), now);
            if (error === undefined) return false;
            leave();
            reject(error);
            return true;
        };
        /** Ends a wait that is too long, or that need not be. */
        const endWait = (now: number) => {
            if (refused(now)) return true;
            if (!wish.goesAnyway(wish.imposed(now), now)) return false;
            go(now);
            return true;
        };
        const waiter: Waiter = { ticket: wish.ticket, aliveUntil: Number.POSITIVE_INFINITY, look: wakes ? look : undefined };
        const leave = () => {
            left = true;
            clearTimeout(timer);
            control.onCancel = undefined;
            leaveLine(line, waiter);
        };
        const arm = (now: number) => {
            clearTimeout(timer);
            // Slightly late rather than early: timers may fire a millisecond too soon.
            let delay = Math.min(wish.untilChange(now) + 1, 2_147_483_647);
            if (!wakes) {
                delay = Math.min(delay, wish.imposed(now) > 0 ? 1_000 : 25);
                waiter.aliveUntil = now + delay + longestSilence;
            }
            timer = setTimeout(() => {
                if (!wakes) return look();
                letOut(line);
                // Those ahead may wait for longer than this one may.
                const at = readClock(gate);
                if (!left && !endWait(at)) arm(at);
            }, delay);
        };
        control.onCancel = (reason) => {
            leave();
            reject(reason);
            letOut(line);
        };
        enqueue(line, waiter);
        arm(readClock(gate));
        // After a 429 the oldest may find its turn come already.
        letOut(line);
    });
}
