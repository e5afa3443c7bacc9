/**
 * Reads `Retry-After` in both its forms (RFC 9110, 10.2.3): seconds, or an HTTP date, which is measured against the answer's
 * own `Date` so that a skewed clock does no harm.
 *
 * @returns seconds, never negative; `undefined` when absent or unreadable
 */
export function readRetryAfter(value: unknown, date: unknown): number | undefined {
    if (typeof value !== 'string' || value === '') return undefined;
    if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Number(value);
    const at = Date.parse(value);
    if (Number.isNaN(at)) return undefined;
    const now = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    return Math.max(0, Math.ceil((at - (Number.isNaN(now) ? Date.now() : now)) / 1000));
}
