import type { ResponseHeaders } from '../types/transport.js';

/** What an answer's headers say about the window. */
export interface Limits {
    readonly limit: number;
    readonly remaining: number;
    /** ms from the answer to a moment at which the window has surely turned. */
    readonly endsIn: number;
}

/** Further ahead than this is no window of Nango's: the header is broken, or somebody else's. */
const farthest = 300_000;
/** A proxied answer may carry the provider's own headers: Nango's reset is never further than its window. */
const farthestProxied = 62_000;

let lastDate = '';
let lastDateValue = Number.NaN;

/** `Date` of an answer in ms; the last one is remembered, since it changes once a second. */
export function dateOf(value: unknown): number {
    if (typeof value !== 'string') return Number.NaN;
    if (value !== lastDate) {
        lastDate = value;
        lastDateValue = Date.parse(value);
    }
    return lastDateValue;
}

/**
 * Reads the three headers. The end is measured against the answer's own `Date`, so that a skewed clock does no harm; both are
 * cut to whole seconds, hence the second that is added.
 *
 * @returns `'absent'` when there are none, `undefined` when they make no sense
 */
export function readLimits(headers: ResponseHeaders, now: number, proxied: boolean): Limits | 'absent' | undefined {
    const limit = whole(headers['x-ratelimit-limit']);
    const remaining = whole(headers['x-ratelimit-remaining']);
    const reset = whole(headers['x-ratelimit-reset']);
    if (limit === undefined && remaining === undefined && reset === undefined) return 'absent';
    if (!(limit && limit > 0 && remaining !== undefined && remaining >= 0 && remaining <= limit && reset !== undefined))
        return undefined;
    const date = dateOf(headers.date);
    const endsIn = reset * 1_000 - (Number.isNaN(date) ? now : date) + 1_000;
    if (!(endsIn <= (proxied ? farthestProxied : farthest))) return undefined;
    return { limit, remaining, endsIn };
}

function whole(value: unknown): number | undefined {
    if (value === undefined) return undefined;
    return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}
