import { onAbort } from './on-abort.js';

/**
 * Waits, for methods that poll. Rejects with the signal's reason as soon as it is aborted; takes its listener back either way.
 *
 * @param ms 0 or more; at most 2^31 − 1, about 24 days
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
        if (signal?.aborted) {
            reject(signal.reason);
            return;
        }
        const abort = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(
            () => {
                off?.();
                resolve();
            },
            Math.min(ms, 2_147_483_647),
        );
        const off = signal && onAbort(signal, abort);
    });
}
