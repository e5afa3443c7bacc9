import { platform } from '#platform';
import { NangoError } from '../errors/nango-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import { onAbort } from '../runtime/on-abort.js';
import type { CallOptions, TokenCacheOptions } from '../types/options.js';
import { BoundedStore, type StoreLimits } from './bounded-store.js';
import { MemoryTokenStore } from './memory-token-store.js';
import { longestAge } from './token-cache-options.js';

/** A token is not handed out in its last minute: whoever gets it is to have time to use it. */
const margin = 60_000;

/** How an answer is read through the cache. */
export interface CachedRead<T> {
    /** What the answer belongs to, e.g. integration and connection. */
    readonly of: readonly string[];
    /**
     * `read`: a kept answer will do. `refresh`: a new one is wanted, and kept. `pass`: the cache has no part in it.
     */
    readonly mode: 'read' | 'refresh' | 'pass';
    readonly options: CallOptions | undefined;
    /** @param begunAt when the call began, in ms since the epoch: `totalTimeout` counts from there */
    load(begunAt?: number): Promise<T>;
    /** When the answer expires: a date as the API writes it. `undefined` for never, `false` for an answer that must not be kept. */
    expiresAt(answer: T): string | undefined | false;
}

/** Keeps answers that hold tokens for a short time. Values are JSON text, so that no caller can change what another gets. */
export class TokenCache {
    readonly #store: BoundedStore;
    readonly #maxAge: number;
    /** Raised by every `forget`: an answer that was asked for before must not be kept after. */
    #era = 0;
    readonly #loading = new Map<string, Promise<string>>();

    constructor({ maxAge = longestAge, store = new MemoryTokenStore(), storeTimeout }: TokenCacheOptions) {
        this.#maxAge = maxAge;
        this.#store = new BoundedStore(store, storeTimeout);
    }

    /**
     * @param name a hash: a store must not learn whose tokens it keeps
     * @param totalTimeout ms for the whole read, the store's time included
     */
    async read<T>(name: string, read: CachedRead<T>, totalTimeout?: number): Promise<T> {
        const begunAt = Date.now();
        const limits: StoreLimits = {
            signal: read.options?.signal,
            deadline: totalTimeout === undefined ? undefined : begunAt + totalTimeout,
        };
        if (read.mode === 'refresh') await this.forget(name, limits);
        const kept = read.mode === 'read' ? this.#readable(await this.#store.get(name, limits), read) : undefined;
        if (kept !== undefined) return kept;
        const load = (): Promise<T> => this.#load(name, read, limits, begunAt);
        // A call with limits of its own keeps to them by itself. Promises are shared only where the runtime allows it.
        const alone = !platform.sharesPromises || read.options?.timeout !== undefined || read.options?.totalTimeout !== undefined;
        return read.mode === 'refresh' || alone ? load() : this.#loadTogether(name, read, load);
    }

    /** Drops an answer, e.g. since its connection was changed. Never fails. */
    async forget(name: string, limits: StoreLimits = {}): Promise<void> {
        this.#era += 1;
        this.#loading.delete(name);
        await this.#store.delete(name, limits);
    }

    /** A kept answer, if it is one: another `seal`, another program's value or an old token counts as absent. */
    #readable<T>(kept: string | undefined, { expiresAt }: CachedRead<T>): T | undefined {
        try {
            const answer: unknown = JSON.parse(kept as string);
            if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
            return this.#ageLeft(expiresAt(answer as T)) > 0 ? (answer as T) : undefined;
        } catch {
            return undefined;
        }
    }

    /** How long an answer may be kept, in ms; not a number for a date that can't be read. */
    #ageLeft(expires: string | undefined | false): number {
        if (expires === false) return 0;
        return expires === undefined ? this.#maxAge : Math.min(this.#maxAge, Date.parse(expires) - Date.now() - margin);
    }

    async #loadTogether<T>(name: string, read: CachedRead<T>, load: () => Promise<T>): Promise<T> {
        const signal = read.options?.signal;
        for (;;) {
            const running = this.#loading.get(name);
            if (!running) break;
            try {
                return JSON.parse(await unlessAborted(running, signal)) as T;
            } catch (error) {
                if (signal?.aborted) throw signal.reason;
                // What cut the other call does not cut this one; what the API answered holds for both.
                if (NangoError.isInstance(error) && !NangoTimeoutError.isInstance(error)) throw error;
            }
        }
        const loading = load();
        const shared = loading.then((answer) => JSON.stringify(answer));
        this.#loading.set(name, shared);
        const done = () => {
            if (this.#loading.get(name) === shared) this.#loading.delete(name);
        };
        shared.then(done, done);
        return loading;
    }

    async #load<T>(name: string, read: CachedRead<T>, limits: StoreLimits, begunAt: number): Promise<T> {
        const era = this.#era;
        const answer = await read.load(begunAt);
        const age = this.#ageLeft(read.expiresAt(answer));
        if (era === this.#era && age > 0) await this.#store.set(name, JSON.stringify(answer), age, limits);
        return answer;
    }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return promise;
    signal.throwIfAborted();
    let off: (() => void) | undefined;
    const aborted = new Promise<never>((_resolve, reject) => {
        off = onAbort(signal, () => reject(signal.reason));
    });
    try {
        return await Promise.race([promise, aborted]);
    } finally {
        off?.();
    }
}
