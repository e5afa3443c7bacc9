/** A callback that the clock owes; cancel it with {@link ClockTimer.cancel}. */
export interface ClockTimer {
    cancel(): void;
}

interface Timer {
    at: number;
    order: number;
    run: () => unknown;
}

/** What a snapshot keeps of the clock. */
export interface ClockState {
    /** Milliseconds added to the machine's time. */
    offset: number;
    /** Where the clock stands still, in milliseconds since the epoch; null while it runs. */
    frozenAt: number | null;
    /** The last microsecond handed out. */
    lastMicros: number;
}

/** `setTimeout` holds at most 2^31 - 1 ms. */
const LONGEST_TIMEOUT = 2_147_483_647;

/**
 * The only time the emulator knows. It runs with the machine's clock unless frozen, and can be moved forward; whatever falls due on
 * the way runs in order, each at its own moment. A callback must never wait for the clock itself: `advance` waits for it.
 */
export class Clock {
    #state: ClockState;
    #timers: Timer[] = [];
    #order = 0;
    #wake: NodeJS.Timeout | undefined;
    #busy = new Set<Promise<unknown>>();
    #advancing = false;

    /** @param frozenAt - start frozen at this moment (ms since the epoch); without it the clock runs */
    constructor(frozenAt?: number) {
        this.#state = { offset: 0, frozenAt: frozenAt ?? null, lastMicros: 0 };
    }

    /** Milliseconds since the epoch. */
    now(): number {
        return this.#state.frozenAt ?? Date.now() + this.#state.offset;
    }

    /** Microseconds since the epoch; every call gives a later one, so that records keep their order. */
    micros(): number {
        this.#state.lastMicros = Math.max(this.now() * 1000, this.#state.lastMicros + 1);
        return this.#state.lastMicros;
    }

    /** Whether time stands still. */
    get frozen(): boolean {
        return this.#state.frozenAt !== null;
    }

    /** Stop the clock, now or at a given moment (ms since the epoch). */
    freeze(at: number = this.now()): void {
        this.#state.frozenAt = at;
        this.#arm();
    }

    /** Let the clock run on from where it stands. */
    resume(): void {
        if (this.#state.frozenAt !== null) this.#state.offset = this.#state.frozenAt - Date.now();
        this.#state.frozenAt = null;
        this.#arm();
    }

    /** Run `task` at the moment `at` (ms since the epoch); at once, though never synchronously, when that has passed. */
    at(at: number, task: () => unknown): ClockTimer {
        const timer: Timer = { at, order: this.#order++, run: task };
        let index = this.#timers.length;
        while (index > 0 && (this.#timers[index - 1] as Timer).at > at) index--;
        this.#timers.splice(index, 0, timer);
        this.#arm();
        return {
            cancel: () => {
                const found = this.#timers.indexOf(timer);
                if (found >= 0) this.#timers.splice(found, 1);
            },
        };
    }

    /** Run `task` after `ms` milliseconds of this clock. */
    after(ms: number, task: () => unknown): ClockTimer {
        return this.at(this.now() + ms, task);
    }

    /** Count `work` among what {@link Clock.settle} and {@link Clock.advance} wait for. */
    track<T>(work: Promise<T>): Promise<T> {
        const entry: Promise<unknown> = work.then(
            () => this.#busy.delete(entry),
            () => this.#busy.delete(entry),
        );
        this.#busy.add(entry);
        return work;
    }

    /** Move time forward by `ms` milliseconds; resolves when all that fell due has run to its end. */
    async advance(ms: number): Promise<void> {
        const target = this.now() + ms;
        this.#advancing = true;
        try {
            await this.#settleBusy();
            for (let next = this.#timers[0]; next && next.at <= target; next = this.#timers[0]) {
                this.#timers.shift();
                this.#moveTo(Math.max(next.at, this.now()));
                this.#start(next);
                await this.#settleBusy();
            }
            this.#moveTo(Math.max(target, this.now()));
        } finally {
            this.#advancing = false;
            this.#arm();
        }
    }

    /** Resolves when nothing is due and nothing that was started is still running. */
    async settle(): Promise<void> {
        await this.advance(0);
    }

    /** Forget all timers and set the time back to the machine's (or to a saved state). */
    reset(state: ClockState = { offset: 0, frozenAt: null, lastMicros: 0 }): void {
        this.#timers = [];
        this.#state = { ...state };
        this.#arm();
    }

    /** What a snapshot keeps. */
    save(): ClockState {
        return { ...this.#state };
    }

    #moveTo(at: number): void {
        if (this.#state.frozenAt !== null) this.#state.frozenAt = at;
        else this.#state.offset = at - Date.now();
    }

    #start(timer: Timer): void {
        const work = (async () => timer.run())();
        work.catch(() => undefined);
        this.track(work);
    }

    async #settleBusy(): Promise<void> {
        while (this.#busy.size > 0) await Promise.all(this.#busy);
    }

    #arm(): void {
        clearTimeout(this.#wake);
        const next = this.#timers[0];
        if (!next || this.#advancing) return;
        const wait = next.at - this.now();
        if (wait > 0 && this.frozen) return;
        this.#wake = setTimeout(() => this.#fire(), Math.min(Math.max(wait, 0), LONGEST_TIMEOUT));
        if (wait > 0) this.#wake.unref();
    }

    #fire(): void {
        if (!this.#advancing) {
            const now = this.now();
            for (let next = this.#timers[0]; next && next.at <= now; next = this.#timers[0]) {
                this.#timers.shift();
                this.#start(next);
            }
        }
        this.#arm();
    }
}
