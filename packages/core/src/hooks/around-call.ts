import type { Cancellation } from '../types/transport.js';

/** How long a hook may take to run the call, in ms; then the call is made without it. */
const patience = 10_000;
/** How long a hook that has seen its call end is waited for, in turns of the microtask queue: time to end a span, and no more. */
const turns = 32;

/** What a hook that misbehaves did. */
export type Fault = (what: string, error?: unknown) => void;

/**
 * Makes a call within a hook. The outcome is the call's own, whatever the hook makes of it: one that throws, rejects, or does not run the
 * call has it made without it, and one that hangs afterwards is left behind. The call's limits hold while the hook prepares, too.
 */
export function aroundCall<T>(
    hook: (run: () => Promise<T>) => unknown,
    control: Cancellation,
    work: () => Promise<T>,
    fault: Fault,
): Promise<T> {
    return new Promise<T>((resolve, reject) => {
        let running: Promise<T> | undefined;
        let left = false;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const settle = async (running: Promise<T>) => {
            for (let turn = 0; turn < turns && !left; turn++) await undefined;
            running.then(resolve, reject);
        };
        const run = (): Promise<T> => {
            if (!running) {
                if (timer !== undefined) clearTimeout(timer);
                control.onCancel = undefined;
                const begun = work();
                running = begun;
                const done = () => void settle(begun);
                begun.then(done, done);
            }
            return running;
        };
        const end = (what?: string, error?: unknown) => {
            left = true;
            if (what !== undefined) fault(what, error);
            void run();
        };
        let hooked: Promise<unknown>;
        try {
            hooked = Promise.resolve(hook(run));
        } catch (error) {
            hooked = Promise.reject(error);
        }
        hooked.then(
            () => end(running ? undefined : 'ended without running the call'),
            (error: unknown) => {
                // The call's own error, passed on, is no fault of the hook.
                if (!running) return end('threw', error);
                running.then(
                    () => end('threw', error),
                    (own: unknown) => (own === error ? end() : end('threw', error)),
                );
            },
        );
        if (running) return;
        if (control.cancelled) return void run();
        control.onCancel = () => void run();
        timer = setTimeout(() => {
            fault(`has not run the call for ${patience / 1_000} s`);
            void run();
        }, patience);
    });
}
