import { platform } from '#platform';
import { NangoConfigError } from '../errors/config-error.js';
import { NangoError } from '../errors/nango-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import type { CallOptions, TokenCacheOptions, TokenStore } from '../types/options.js';
import { MemoryTokenStore } from './memory-token-store.js';

/** Nango's own advice (docs of `getToken`): no token is kept longer than this, in ms. */
const longestAge = 300_000;
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
    load(): Promise<T>;
    /** When the answer expires: a date as the API writes it. `undefined` for never, `false` for an answer that must not be kept. */
    expiresAt(answer: T): string | undefined | false;
}

/** Keeps answers that hold tokens for a short time. Values are JSON text, so that no caller can change what another gets. */
export class TokenCache {
    readonly #store: TokenStore;
    readonly #maxAge: number;
    /** Raised by every `forget`: an answer that was asked for before must not be kept after. */
    #era = 0;
    readonly #loading = new Map<string, Promise<string>>();

    constructor({ maxAge = longestAge, store = new MemoryTokenStore() }: TokenCacheOptions) {
        this.#maxAge = maxAge;
        this.#store = store;
    }

    /** @param name a hash: a store must not learn whose tokens it keeps */
    async read<T>(name: string, read: CachedRead<T>): Promise<T> {
        if (read.mode === 'refresh') await this.forget(name);
        const kept = read.mode === 'read' ? await this.#get(name) : undefined;
        if (kept !== undefined) return JSON.parse(kept) as T;
        // A call with limits of its own keeps to them by itself. Promises are shared only where the runtime allows it.
        const alone = !platform.sharesPromises || read.options?.timeout !== undefined || read.options?.totalTimeout !== undefined;
        return read.mode === 'refresh' || alone ? this.#load(name, read) : this.#loadTogether(name, read);
    }

    /** Drops an answer, e.g. since its connection was changed. Never fails. */
    async forget(name: string): Promise<void> {
        this.#era += 1;
        this.#loading.delete(name);
        try {
            await this.#store.delete(name);
        } catch {
            // A store that does not answer can't hand anything out either; what it keeps ages.
        }
    }

    async #loadTogether<T>(name: string, read: CachedRead<T>): Promise<T> {
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
        const loading = this.#load(name, read);
        const shared = loading.then((answer) => JSON.stringify(answer));
        this.#loading.set(name, shared);
        const done = () => {
            if (this.#loading.get(name) === shared) this.#loading.delete(name);
        };
        shared.then(done, done);
        return loading;
    }

    async #load<T>(name: string, { load, expiresAt }: CachedRead<T>): Promise<T> {
        const era = this.#era;
        const answer = await load();
        const expires = expiresAt(answer);
        if (expires === false || era !== this.#era) return answer;
        // NaN for a date that can't be read: not kept.
        const age = expires === undefined ? this.#maxAge : Math.min(this.#maxAge, Date.parse(expires) - Date.now() - margin);
        if (age > 0) {
            try {
                await this.#store.set(name, JSON.stringify(answer), age);
            } catch {
                // The answer is here; that it can't be kept harms nobody.
            }
        }
        return answer;
    }

    async #get(name: string): Promise<string | undefined> {
        try {
            return await this.#store.get(name);
        } catch {
            return undefined;
        }
    }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return promise;
    signal.throwIfAborted();
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_resolve, reject) => {
        abort = () => reject(signal.reason);
        signal.addEventListener('abort', abort);
    });
    try {
        return await Promise.race([promise, aborted]);
    } finally {
        signal.removeEventListener('abort', abort as () => void);
    }
}

/** @throws {NangoConfigError} */
export function checkTokenCache(options: TokenCacheOptions | false | undefined): void {
    if (options === undefined || options === false) return;
    if (typeof options !== 'object' || options === null)
        throw new NangoConfigError('`tokenCache` must be an object, e.g. { maxAge: 60_000 }, or false');
    const { maxAge, store } = options;
    if (maxAge !== undefined && !(typeof maxAge === 'number' && maxAge > 0 && maxAge <= longestAge))
        throw new NangoConfigError('`tokenCache.maxAge` must be a number of milliseconds, at most 300000: tokens may be revoked');
    if (
        store !== undefined &&
        (typeof store?.get !== 'function' || typeof store.set !== 'function' || typeof store.delete !== 'function')
    )
        throw new NangoConfigError('`tokenCache.store` must have get, set and delete');
}
