/**
 * JSON with sorted keys, in the form in which Nango writes the bodies it signs: that of `stableStringify` of
 * fast-safe-stringify, which puts the keys into a new object. So integer-like ones come first, in numeric order, a key `__proto__` is
 * lost, and what `toJSON` returns is left as it is.
 */
export const stableJson = (value: unknown): string | undefined => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
    if (Array.isArray(value)) return value.map(sorted);
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value).sort()) result[key] = sorted((value as Record<string, unknown>)[key]);
    return result;
}
