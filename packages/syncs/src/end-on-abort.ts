/** How long work that is under way may go on after an abort, in ms. */
export const abortGrace = 5_000;

/** Whether work has been left behind: from then on another run may have its place. */
export interface Abandonment {
    /** @throws the abort's reason, once nobody waits for the work any more */
    throwIfAbandoned(): void;
}

/**
 * Waits for `work`, and after an abort only {@link abortGrace} longer: what hangs can't be ended from outside, but it can be left behind.
 *
 * @param left called when it is
 */
export async function endOnAbort<T>(
    signal: AbortSignal | undefined,
    work: (run: Abandonment) => Promise<T>,
    left: () => void,
): Promise<T> {
    if (!signal) return work({ throwIfAbandoned() {} });
    let abandoned = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let leave: (() => void) | undefined;
    const graceOver = new Promise<never>((_, reject) => {
        leave = () => {
            timer ??= setTimeout(() => {
                abandoned = true;
                left();
                reject(signal.reason);
            }, abortGrace);
        };
    });
    if (signal.aborted) leave?.();
    else signal.addEventListener('abort', leave as () => void, { once: true });
    try {
        const running = work({
            throwIfAbandoned() {
                if (abandoned) throw signal.reason;
            },
        });
        // Left behind, it must not end the process.
        running.catch(() => undefined);
        return await Promise.race([running, graceOver]);
    } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave as () => void);
    }
}

/** Says on standard error that a run was left behind. */
export function reportAbandoned(operation: string, stage: string): void {
    const message = `nango: ${operation} was aborted, and \`${stage}\` has not ended ${abortGrace / 1_000} s later: the key's lock is given back while it may still run. Pass your AbortSignal on to what it waits for`;
    const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
    if (typeof process?.emitWarning === 'function') process.emitWarning(message, 'NangoWarning');
    else console.warn(message);
}
