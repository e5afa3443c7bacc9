import type { Logger } from '../types/hooks.js';
import type { RateLimitStore } from '../types/options.js';
import type { GateState } from './gate-state.js';

/** A question to a store. */
export interface LeaseRequest {
    /** Names the account: a hash. */
    readonly key: string;
    /** How many permits would be of use now. */
    readonly want: number;
    /** What the API's answers have shown of the window that runs now, if they have. */
    readonly limit: number | undefined;
    readonly remaining: number;
    /** ms until that window has surely turned. */
    readonly endsIn: number;
    /** The store's number of that window; 0 when not known. */
    readonly about: number;
    /** The number of a window that is known to be over; 0 for none. */
    readonly over: number;
    /** How long a window is, in ms; 0 when not known. */
    readonly length: number;
    /** ms for which a 429 has just asked everybody to wait; 0 for none. */
    readonly blockedFor: number;
}

/** A store's answer. */
export interface Lease {
    /** Permits lent; `undefined` when the store knows no limit yet. */
    readonly granted: number | undefined;
    /** The store's number of the window. */
    readonly window: number;
    /** ms until the permits are void and new ones can be had. */
    readonly endsIn: number;
    /** ms until it is worth asking again. */
    readonly retryIn: number;
}

/** The inside of a {@link RateLimitStore}: lends permits of one account's window to the processes that share it, in one round trip. */
export interface PermitStore extends RateLimitStore {
    lease(request: LeaseRequest): Promise<Lease>;
    /** `askStore`. It comes with the store, so that who has none does not load it. */
    ask(gate: GateState, link: StoreLink, now: number): void;
}

/** A store, and where to say that it failed. */
export interface StoreLink {
    readonly store: PermitStore;
    readonly key: string;
    readonly logger: Logger | undefined;
}
