import type { Clock } from '../base/clock.js';

/** How much traffic an account may send. */
export interface RateLimitSettings {
    /** Points in one window; every request costs one. */
    limit: number;
    /** Length of the fixed window in milliseconds. */
    windowMs: number;
}

/** What one request gets. */
export interface RateLimitVerdict {
    allowed: boolean;
    headers: Record<string, string>;
}

/**
 * Fixed window without a block duration (contract 3). While the emulator's clock runs, windows follow the machine's time, since
 * clients compare the reset with their own; on a frozen clock they follow the frozen time, so that a test can move to the reset.
 */
export class RateLimiter {
    /** Changed by the control surface; null switches the limit off, and its headers with it. */
    settings: RateLimitSettings | null;
    #windows = new Map<string, { used: number; endsAt: number }>();
    readonly #clock: Clock;

    constructor(clock: Clock, settings: RateLimitSettings | null) {
        this.#clock = clock;
        this.settings = settings;
    }

    /** Count `cost` points on `bucket`; null when there is no limit. */
    consume(bucket: string, cost = 1): RateLimitVerdict | null {
        if (!this.settings) return null;
        const { limit, windowMs } = this.settings;
        const now = this.#clock.frozen ? this.#clock.now() : Date.now();
        let window = this.#windows.get(bucket);
        if (!window || window.endsAt <= now) {
            window = { used: 0, endsAt: now + windowMs };
            this.#windows.set(bucket, window);
        }
        window.used += cost;
        return {
            allowed: window.used <= limit,
            headers: {
                'X-RateLimit-Limit': String(limit),
                'X-RateLimit-Remaining': String(Math.max(0, limit - window.used)),
                'X-RateLimit-Reset': String(Math.floor(window.endsAt / 1000)),
                ...(window.used <= limit ? {} : { 'Retry-After': String(Math.floor((window.endsAt - now) / 1000)) }),
            },
        };
    }

    /** Start every window afresh. */
    reset(): void {
        this.#windows.clear();
    }
}
