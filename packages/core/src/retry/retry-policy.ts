import { NangoConfigError } from '../errors/config-error.js';
import { type KnownMembers, unknownMember } from '../request/known-members.js';
import type { RetryOptions } from '../types/options.js';

/** {@link RetryOptions}, complete. */
export interface RetryPolicy {
    readonly limit: number;
    /** ms */
    readonly baseDelay: number;
    /** ms */
    readonly maxDelay: number;
}

/** A restart takes seconds. In ms. */
const defaultOutage = 20_000;

const defaults: RetryPolicy = { limit: 3, baseDelay: 500, maxDelay: 20_000 };

/** What a call's own options make of its client's. `undefined`: nothing is repeated. */
export function retryPolicy(
    client: RetryOptions | false | undefined,
    call: RetryOptions | false | undefined,
): RetryPolicy | undefined {
    const chosen = call ?? client;
    if (chosen === undefined) return defaults;
    if (chosen === false) return undefined;
    const base = client || defaults;
    return {
        limit: chosen.limit ?? base.limit ?? defaults.limit,
        baseDelay: chosen.baseDelay ?? base.baseDelay ?? defaults.baseDelay,
        maxDelay: chosen.maxDelay ?? base.maxDelay ?? defaults.maxDelay,
    };
}

/** How long a call waits for a server that is down, in ms; 0 for not at all. Asked for every call, so it makes nothing. */
export function outageTime(client: RetryOptions | false | undefined, call: RetryOptions | false | undefined): number {
    const chosen = call ?? client;
    if (chosen === false) return 0;
    return chosen?.outage ?? (client || undefined)?.outage ?? defaultOutage;
}

const knownRetry: KnownMembers<RetryOptions> = { limit: true, baseDelay: true, maxDelay: true, outage: true };

/** @throws {NangoConfigError} */
export function checkRetry(options: RetryOptions | false | undefined): void {
    if (options === undefined || options === false) return;
    if (typeof options !== 'object' || options === null)
        throw new NangoConfigError('`retry` must be an object, e.g. { limit: 3 }, or false');
    const unknown = unknownMember(options, knownRetry, 'the members of `retry`');
    if (unknown) throw new NangoConfigError(unknown);
    for (const name of ['limit', 'baseDelay', 'maxDelay', 'outage'] as const) {
        const value = options[name];
        if (value !== undefined && !(typeof value === 'number' && value >= 0))
            throw new NangoConfigError(`\`retry.${name}\` must be a number, 0 or more`);
    }
}
