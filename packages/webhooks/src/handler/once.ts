import { NangoWebhookError } from '../webhook-error.js';
import type { DedupeStore } from './dedupe-store.js';
import { within } from './within.js';

/** Nango repeats a delivery within about 9 s after a first try of up to 20 s. */
const remembered = 120_000;
/** Below the 20 s that Nango waits for an answer. */
const longestWait = 15_000;
const pollEvery = 25;
/** After this a run counts as lost: it hangs, or its Worker was ended. Nango's last try comes later than this. */
const longestRun = 30_000;
/** How long a store may take. */
const storeLimit = 500;

/**
 * Runs each delivery until one run of it has an outcome, and no error: a repetition of a delivery that succeeded does not run, one that arrives while the
 * first is still running waits for it, and takes over when it fails.
 *
 * What is shared is data, never a promise: on Workers a promise that belongs to another request may never settle.
 *
 * @param storeFailed A store that fails or hangs must not lose a delivery: it is reported here, and the delivery runs.
 */
export function runOnce(store: DedupeStore, storeFailed: (cause: unknown) => unknown) {
    const running = new Map<string, number>();
    const isRunning = (hash: string) => Date.now() - (running.get(hash) ?? 0) < longestRun;
    const tryStore = async <T>(ask: () => T | Promise<T>): Promise<T | undefined> => {
        try {
            return await within(storeLimit, ask(), () => {
                throw new Error(`The store of handled deliveries did not answer within ${storeLimit} ms.`);
            });
        } catch (error) {
            await storeFailed(error);
            return undefined;
        }
    };

    return async (hash: string, run: () => Promise<string | NangoWebhookError>): Promise<string | NangoWebhookError> => {
        for (let waited = 0; isRunning(hash); waited += pollEvery) {
            if (waited >= longestWait) return new NangoWebhookError('in_progress', 'The same delivery is still being handled.');
            await new Promise((resolve) => setTimeout(resolve, pollEvery));
        }
        const started = Date.now();
        running.set(hash, started);
        try {
            if (await tryStore(async () => isKnown(await store.has(hash)))) return 'duplicate';
            const result = await run();
            if (typeof result === 'string') await tryStore(() => store.add(hash, remembered));
            return result;
        } finally {
            // Not the mark of a run that took over from this one.
            if (running.get(hash) === started) running.delete(hash);
        }
    };
}

/** As stores answer: true or false, 1 or 0, nothing. Of anything else nobody knows what it means, and a delivery would be lost. */
function isKnown(answer: unknown): boolean {
    const known = answer ?? false;
    if ([true, false, 1, 0].includes(known as boolean)) return Boolean(known);
    throw new TypeError(`has() of the store gave ${typeof answer}, neither true nor false.`);
}
