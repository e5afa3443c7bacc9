/** What listens: it goes down and comes back. */
export interface Listening {
    down(): void;
    /** Resolves when it answers again. */
    up(): Promise<void>;
}

/** The server is restarted: for a while nobody answers. */
export class Outage {
    #timer: NodeJS.Timeout | undefined;
    #listening: Listening | undefined;
    #up: Promise<void> = Promise.resolve();

    /** Whether nobody answers now. */
    get active(): boolean {
        return this.#timer !== undefined;
    }

    /** Who goes down with it; without anyone only calls in process are refused. */
    attach(listening: Listening): void {
        this.#listening = listening;
    }

    /** Go down for `ms` of real time; what is under way is cut off. Ends an outage that is there. */
    begin(ms: number): void {
        this.end();
        this.#listening?.down();
        this.#timer = setTimeout(() => this.end(), ms);
    }

    /** Come back, if it is down. */
    end(): void {
        if (!this.#timer) return;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (this.#listening) this.#up = this.#listening.up();
    }

    /** Resolves when the last outage that was ended is over for whoever calls, too. */
    async over(): Promise<void> {
        await this.#up;
    }

    /** Forget it all, without coming back. */
    stop(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#listening = undefined;
    }
}
