import { sleep } from '@x/core/internal';

/** Who runs, and when it last showed that it does. Data only: on Workers a promise of an ended request never settles. */
interface Run {
    seenAt: number;
}

/** Under this name copies of the package find each other's runs. Another shape takes another number. */
export const runsShape = 'nango.runs.v1';
const registry = Symbol.for(runsShape);
/** How often a run shows that it is alive, and after how long without it another may take its place, in ms. */
const beat = 5_000;
const longestSilence = 30_000;

/** How many ms a run waits for its turn, and what it throws after that. */
export interface WaitLimit {
    readonly wait: number;
    late(): Error;
}

/**
 * Runs `work` when no other run of that name is going on in this process, whichever copy of the package started it. Those that wait ask
 * again by their own timers.
 *
 * @param limit without one, it waits as long as the other run goes on
 */
export async function alone<T>(
    name: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
    limit?: WaitLimit,
): Promise<T> {
    const holder = globalThis as { [key: symbol]: Map<string, Run> | undefined };
    holder[registry] ??= new Map();
    const runs = holder[registry];
    const run = await take(runs, name, signal, limit);
    const heart = setInterval(() => {
        run.seenAt = Date.now();
    }, beat);
    (heart as { unref?(): void }).unref?.();
    try {
        return await work();
    } finally {
        clearInterval(heart);
        if (runs.get(name) === run) runs.delete(name);
    }
}

async function take(
    runs: Map<string, Run>,
    name: string,
    signal: AbortSignal | undefined,
    limit: WaitLimit | undefined,
): Promise<Run> {
    const end = Date.now() + (limit?.wait ?? Number.POSITIVE_INFINITY);
    let stale: Run | undefined;
    for (let wait = 5; ; wait = Math.min(wait * 2, 250)) {
        signal?.throwIfAborted();
        const now = Date.now();
        const other = runs.get(name);
        const gone = other !== undefined && now - other.seenAt > longestSilence;
        // Twice, a while apart: after the process itself stood still, the run's own timer gets a chance first.
        if (!other || (gone && stale === other && wait >= 250)) {
            const run: Run = { seenAt: now };
            runs.set(name, run);
            return run;
        }
        stale = gone ? other : undefined;
        if (limit && now >= end) throw limit.late();
        await sleep(Math.min(wait, end - now), signal);
    }
}
