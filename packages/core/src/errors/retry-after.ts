/**
 * Reads `Retry-After` in both its forms (RFC 9110, 10.2.3): seconds, or an HTTP date, which is measured against the answer's
 * own `Date` so that a skewed clock does no harm.
 *
 * @returns seconds, never negative; `undefined` when absent or unreadable
 */
export function readRetryAfter(value: unknown, date: unknown): number | undefined {
    if (typeof value !== 'string') return undefined;
    if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Number(value);
    // `Date.parse` takes nearly any number for a year or a day ("10, 10" of a doubled header, "-1"): no date is without a time.
    const at = value.includes(':') ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) return undefined;
    const now = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    return Math.max(0, Math.ceil((at - (Number.isNaN(now) ? Date.now() : now)) / 1000));
}
