import { NangoConfigError } from '../errors/config-error.js';
import { type KnownMembers, unknownMember } from '../request/known-members.js';
import type { Logger } from '../types/hooks.js';
import type { CallRateLimitOptions, RateLimitOptions } from '../types/options.js';
import type { PermitStore } from './permit-store.js';

/** {@link RateLimitOptions}, complete. */
export interface GateOptions {
    /** Whether calls wait at all; one that does not is still counted, and its answer learned from. */
    readonly waits: boolean;
    /** ms */
    readonly maxWait: number;
    readonly maxQueue: number;
    readonly store: PermitStore | undefined;
    readonly logger: Logger | undefined;
}

/** Longer than any wait that Nango's own window can impose, with its second for safety and some for the way. */
const defaultMaxWait = 65_000;

export function gateOptions(given: RateLimitOptions | false | undefined, logger: Logger | undefined): GateOptions {
    const options = given || undefined;
    return {
        waits: given !== false,
        maxWait: options?.maxWait ?? defaultMaxWait,
        maxQueue: options?.maxQueue ?? Number.POSITIVE_INFINITY,
        store: options?.store as PermitStore | undefined,
        logger,
    };
}

/** What a call's own options make of its client's. */
export function callGateOptions(client: GateOptions, call: CallRateLimitOptions | false | undefined): GateOptions {
    if (call === undefined) return client;
    if (call === false) return { ...client, waits: false };
    return { ...client, maxWait: call.maxWait ?? client.maxWait };
}

const knownRateLimit: KnownMembers<RateLimitOptions> = { maxWait: true, maxQueue: true, store: true, isolated: true };

/** @throws {NangoConfigError} */
export function checkRateLimit(options: RateLimitOptions | false | undefined): void {
    if (options === undefined || options === false) return;
    if (typeof options !== 'object' || options === null)
        throw new NangoConfigError('`rateLimit` must be an object, e.g. { maxWait: 5_000 }, or false');
    const unknown = unknownMember(options, knownRateLimit, 'the members of `rateLimit`');
    if (unknown) throw new NangoConfigError(unknown);
    for (const name of ['maxWait', 'maxQueue'] as const) {
        const value = options[name];
        if (value !== undefined && !(typeof value === 'number' && value >= 0))
            throw new NangoConfigError(`\`rateLimit.${name}\` must be a number, 0 or more`);
    }
    const { store } = options;
    if (store !== undefined && typeof (store as Partial<PermitStore> | null)?.ask !== 'function')
        throw new NangoConfigError('`rateLimit.store` must be made by redisStore() of @x/core/redis');
}
