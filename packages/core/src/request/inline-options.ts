import type { CallOptions } from '../types/options.js';
import type { KnownMembers } from './known-members.js';

/** The call options that the configs of `listRecords` and of the proxy may hold themselves; `headers` means the provider's there. */
export type InlineOptions = Omit<CallOptions, 'headers'>;

/** Their names. */
export const inlineMembers: KnownMembers<InlineOptions> = {
    signal: true,
    timeout: true,
    totalTimeout: true,
    maxResponseSize: true,
    retry: true,
    rateLimit: true,
};

/** The names of all options of a call. */
export const callOptionMembers: KnownMembers<CallOptions> = { ...inlineMembers, headers: true };

/** One set of options of those in a config and those given beside it, which win. Neither object is changed. */
export function inlineOptions(config: InlineOptions, options: CallOptions | undefined): CallOptions | undefined {
    const { signal, timeout, totalTimeout, maxResponseSize, retry, rateLimit } = config;
    const hasNone =
        signal === undefined &&
        timeout === undefined &&
        totalTimeout === undefined &&
        maxResponseSize === undefined &&
        retry === undefined &&
        rateLimit === undefined;
    return hasNone ? options : { signal, timeout, totalTimeout, maxResponseSize, retry, rateLimit, ...options };
}
