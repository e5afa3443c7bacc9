/** Tells whoever watches that something changed, at most once in `ms`, so that a burst of changes costs little. */
export class ChangeFeed {
    #listeners = new Set<() => void>();
    #timer: NodeJS.Timeout | undefined;

    readonly #ms: number;

    constructor(ms = 150) {
        this.#ms = ms;
    }

    /** Watch; returns how to stop. */
    watch(listener: () => void): () => void {
        this.#listeners.add(listener);
        return () => {
            this.#listeners.delete(listener);
        };
    }

    /** Something changed. Costs nothing while nobody watches. */
    changed(): void {
        if (this.#listeners.size === 0 || this.#timer) return;
        this.#timer = setTimeout(() => {
            this.#timer = undefined;
            for (const listener of this.#listeners) listener();
        }, this.#ms);
        this.#timer.unref();
    }

    /** How many watch. */
    get size(): number {
        return this.#listeners.size;
    }
}
