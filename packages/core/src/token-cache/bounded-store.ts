import { onAbort } from '../runtime/on-abort.js';
import type { TokenStore } from '../types/options.js';

/** A store is waited for no longer than this unless it was set, in ms. */
const defaultTimeout = 500;
/** The longest delay that timers take. */
const longestDelay = 2_147_483_647;
/** Names remembered that a store failed to drop. */
const mostUndropped = 1_000;

/** What ends the wait for a store before its time. */
export interface StoreLimits {
    readonly signal?: AbortSignal | undefined;
    /** When the call must have ended, in ms since the epoch. */
    readonly deadline?: number | undefined;
}

/**
 * A token store that costs little when it fails: it is waited for a short time, and never throws. What it does not answer in time
 * counts as absent, and what it could not drop is not taken from it again.
 */
export class BoundedStore {
    readonly #store: TokenStore;
    readonly #timeout: number;
    readonly #undropped = new Set<string>();

    constructor(store: TokenStore, timeout = defaultTimeout) {
        this.#store = store;
        this.#timeout = timeout;
    }

    /** @throws the signal's reason, once it is aborted */
    async get(name: string, limits: StoreLimits): Promise<string | undefined> {
        limits.signal?.throwIfAborted();
        if (this.#undropped.has(name)) return undefined;
        const value = await this.#inTime(() => this.#store.get(name), limits);
        limits.signal?.throwIfAborted();
        return typeof value === 'string' ? value : undefined;
    }

    async set(name: string, value: string, maxAge: number, limits: StoreLimits): Promise<void> {
        const kept = this.#inTime(() => this.#store.set(name, value, maxAge), limits);
        if ((await kept) !== failed) this.#undropped.delete(name);
    }

    async delete(name: string, limits: StoreLimits): Promise<void> {
        this.#undropped.add(name);
        if (this.#undropped.size > mostUndropped) this.#undropped.delete(this.#undropped.values().next().value as string);
        const dropped = this.#inTime(() => this.#store.delete(name), limits);
        if ((await dropped) !== failed) this.#undropped.delete(name);
    }

    /** What the store answers, or {@link failed}: it threw, was too slow, or the caller's own limits ran out first. */
    async #inTime<T>(ask: () => Promise<T> | T, { signal, deadline }: StoreLimits): Promise<T | typeof failed> {
        let answer: Promise<T> | T;
        try {
            answer = ask();
        } catch {
            return failed;
        }
        // One that keeps things in memory needs no timer.
        if (typeof (answer as Partial<Promise<T>> | undefined)?.then !== 'function') return answer;
        if (signal?.aborted) return failed;
        return new Promise((resolve) => {
            const end = (value: T | typeof failed) => {
                clearTimeout(timer);
                off?.();
                resolve(value);
            };
            const fail = () => end(failed);
            const left = deadline === undefined ? Number.POSITIVE_INFINITY : Math.max(0, deadline - Date.now());
            const timer = setTimeout(fail, Math.min(this.#timeout, left, longestDelay));
            const off = signal && onAbort(signal, fail);
            (answer as Promise<T>).then(end, fail);
        });
    }
}

const failed = Symbol('failed');
