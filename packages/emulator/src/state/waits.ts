// Those of the machine: a test that fakes its timers still meets the limit.
const { setTimeout, clearTimeout } = globalThis;

/** How long is waited, and for whom. */
export interface WaitLimit {
    /** Milliseconds of real time. */
    timeout: number;
    signal: AbortSignal;
    /** The error when the time is up. */
    late(): Error;
}

/** Whoever waits until something has happened. */
export class Waits {
    #waiting = new Set<{ look(): void; end(reason: unknown): void }>();

    /** Something happened: everyone looks whether it was what they wait for. Costs nothing while nobody waits. */
    look(): void {
        for (const one of this.#waiting) one.look();
    }

    /** Resolves when `find` finds something, at once if it is there already. */
    until<T>(find: () => T | undefined, { timeout, signal, late }: WaitLimit): Promise<T> {
        return new Promise<T>((resolve, reject) => {
            const leave = () => {
                this.#waiting.delete(one);
                clearTimeout(timer);
                signal.removeEventListener('abort', abort);
            };
            const one = {
                look() {
                    const found = find();
                    if (found === undefined) return;
                    leave();
                    resolve(found);
                },
                end(reason: unknown) {
                    leave();
                    reject(reason);
                },
            };
            const abort = () => one.end(signal.reason);
            const timer = setTimeout(() => one.end(late()), timeout);
            this.#waiting.add(one);
            if (signal.aborted) return abort();
            signal.addEventListener('abort', abort);
            one.look();
        });
    }

    /** Nobody waits any longer. */
    close(): void {
        for (const one of this.#waiting) one.end(new Error('The emulator was closed.'));
    }
}
