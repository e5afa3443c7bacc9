import type { RunningCall } from '../types/call-limits.js';
import type { GateState, Waiter } from './gate-state.js';
import { imposedWait, nextLook, permits, readClock } from './window.js';

/** How long a waiting request of a fetch runtime may stay silent before the others go on without it, in ms. */
const silence = 3_000;

/** What a waiting call asks for. */
export interface Wish {
    readonly ticket: number;
    readonly control: RunningCall;
    /** Whether waiting calls may wake each other: see `Platform.sharesPromises`. */
    readonly wakes: boolean;
    /** Sends the call: it is its turn. */
    admit(now: number): void;
    /** Asks the store for permits, where there is one. */
    ask(now: number): void;
    /** The error of a call that would have to wait too long, if it would. */
    refuse(imposed: number): unknown;
}

/**
 * Waits in line. Every waiting call has its own timer and its own promise; what they share is the queue, which is data. Where
 * calls may wake each other, the first in line lets out as many as may go, in order; elsewhere each looks for itself, by its
 * place in the line.
 */
export function waitForTurn(state: GateState, wish: Wish): Promise<void> {
    const { control, wakes } = wish;
    return new Promise((resolve, reject) => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const look = () => {
            const now = readClock(state);
            if (!wakes) dropSilent(state, now);
            const place = wakes ? 0 : state.queue.indexOf(waiter);
            if (place < 0 || permits(state, now) > place) {
                leave();
                wish.admit(now);
                resolve();
                return;
            }
            wish.ask(now);
            const error = wish.refuse(imposedWait(state, now));
            if (error !== undefined) {
                leave();
                reject(error);
                return;
            }
            arm(now);
        };
        const waiter: Waiter = { ticket: wish.ticket, aliveUntil: Number.POSITIVE_INFINITY, look: wakes ? look : undefined };
        const leave = () => {
            clearTimeout(timer);
            control.onCancel = undefined;
            const place = state.queue.indexOf(waiter);
            if (place >= 0) state.queue.splice(place, 1);
        };
        const arm = (now: number) => {
            clearTimeout(timer);
            // Slightly late rather than early: timers may fire a millisecond too soon.
            let delay = Math.min(nextLook(state, now) + 1, 2_147_483_647);
            if (!wakes) {
                delay = Math.min(delay, imposedWait(state, now) > 0 ? 1_000 : 25);
                waiter.aliveUntil = now + delay + silence;
            }
            timer = setTimeout(() => {
                if (!wakes) return look();
                letOut(state);
                if (state.queue.includes(waiter)) arm(readClock(state));
            }, delay);
        };
        control.onCancel = (reason) => {
            leave();
            reject(reason);
            letOut(state);
        };
        enqueue(state.queue, waiter);
        arm(readClock(state));
        // After a 429 the oldest may find its turn come already.
        letOut(state);
    });
}

/** Lets out those at the head of the line whose turn it is. Ends at the first that has to stay. */
export function letOut(state: GateState): void {
    for (;;) {
        const head = state.queue[0];
        if (!head?.look) return;
        head.look();
        if (state.queue[0] === head) return;
    }
}

/** Keeps the line in the order of the calls' arrival, for those too that come back after a 429. */
function enqueue(queue: Waiter[], waiter: Waiter): void {
    let place = queue.length;
    while (place > 0 && (queue[place - 1] as Waiter).ticket > waiter.ticket) place--;
    queue.splice(place, 0, waiter);
}

function dropSilent(state: GateState, now: number): void {
    const { queue } = state;
    for (let i = queue.length - 1; i >= 0; i--) {
        if ((queue[i] as Waiter).aliveUntil < now) queue.splice(i, 1);
    }
}
