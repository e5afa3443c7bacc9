/** What a process knows of a server, for all accounts and clients. Plain data, shared by copies of this package: see `GateState`. */
export interface OriginState {
    /** Whether it has answered a request of this process, whatever it said. */
    answered: boolean;
    /** Since when no connection to it can be made, in local ms since the epoch; 0 when it can, or when nobody knows. */
    downSince: number;
    /** What the last failure was called, e.g. `ECONNREFUSED`. */
    code: string;
    /** Probes that have failed, and when the next may go. */
    probes: number;
    probeAt: number;
    /** Since when a probe is under way; 0 for none. */
    probingSince: number;
    /** When it could be reached again. */
    backAt: number;
}

/** Under this name copies of this package share what they know of servers. Another shape takes another number. */
export const originShape = 'nango.origins.v1';

export function createOriginState(): OriginState {
    return { answered: false, downSince: 0, code: '', probes: 0, probeAt: 0, probingSince: 0, backAt: 0 };
}
