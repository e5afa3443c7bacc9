import type { TokenStore } from '../types/options.js';

const mostEntries = 1_000;

/** Keeps values in memory; the one that was used longest ago goes first. No timers: what is too old is dropped when it is met. */
export class MemoryTokenStore implements TokenStore {
    readonly #entries = new Map<string, { value: string; until: number }>();

    get(key: string): string | undefined {
        const entry = this.#entries.get(key);
        if (!entry) return undefined;
        this.#entries.delete(key);
        if (Date.now() >= entry.until) return undefined;
        this.#entries.set(key, entry);
        return entry.value;
    }

    set(key: string, value: string, maxAge: number): void {
        this.#entries.delete(key);
        this.#entries.set(key, { value, until: Date.now() + maxAge });
        if (this.#entries.size > mostEntries) this.#entries.delete(this.#entries.keys().next().value as string);
    }

    delete(key: string): void {
        this.#entries.delete(key);
    }
}
