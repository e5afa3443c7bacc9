import { expect, onTestFinished, vi } from 'vitest';
import { eventually } from './eventually.js';

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

export interface FakeClock {
    /** ms of all timers that are set now. */
    readonly timers: readonly number[];
    /** Lets time pass; what timers start meanwhile goes on. */
    pass(ms: number): Promise<void>;
    /** Waits until all that is going on is a wait of so many ms, then lets them pass. */
    passWait(ms: number): Promise<void>;
    /** Back to the real clock, before the test ends. */
    stop(): void;
}

/**
 * A clock that stands until the test lets time pass, for the rest of the test. Sockets, files and other processes go on by the real one:
 * wait for what they do ({@link eventually}), then let time pass.
 */
export function fakeClock(now?: number): FakeClock {
    vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
        ...(now !== undefined && { now }),
    });
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const timers = new Map<unknown, number>();
    const watched = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
        const timer = set(() => {
            timers.delete(timer);
            run(...args);
        }, ms);
        timers.set(timer, ms);
        return timer;
    };
    globalThis.setTimeout = watched as unknown as typeof setTimeout;
    globalThis.clearTimeout = (timer) => {
        timers.delete(timer);
        clear(timer);
    };
    let fake = true;
    const stop = () => {
        if (!fake) return;
        fake = false;
        Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
        vi.useRealTimers();
        Object.assign(globalThis, real);
    };
    onTestFinished(stop);
    const pass = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms));
    return {
        get timers() {
            return [...timers.values()];
        },
        pass,
        stop,
        async passWait(ms) {
            await eventually(() => expect([...timers.values()], `a wait of ${ms} ms and no other timer`).toEqual([ms]));
            await pass(ms);
        },
    };
}
