import type { RateLimitStore } from '../options.js';

/** What this process knows of the window, for a store that has forgotten it or knows less. */
export interface WindowReport {
    readonly limit: number;
    readonly remaining: number;
    /** ms until the window has surely turned; 0 or less when it has. */
    readonly endsIn: number;
}

/** A store's answer. */
export interface Lease {
    /** Permits lent; 0 when none are left, `undefined` when the store knows no limit yet. */
    readonly granted: number | undefined;
    /** ms until the permits are void and new ones can be had. */
    readonly endsIn: number;
    /** ms until it is worth asking again for this window; `undefined` when it is not. */
    readonly retryIn: number | undefined;
}

/** The inside of a {@link RateLimitStore}: lends permits of one account's window to the processes that share it. */
export interface PermitStore extends RateLimitStore {
    /**
     * Borrows permits, all in one round trip.
     *
     * @param key names the account
     * @param want how many would be of use now
     * @param report what the API's answers have told here
     * @param blockedFor ms that a 429 has just asked everybody to wait; 0 for none
     */
    lease(key: string, want: number, report: WindowReport | undefined, blockedFor: number): Promise<Lease>;
}
