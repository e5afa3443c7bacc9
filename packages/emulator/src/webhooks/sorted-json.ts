/**
 * JSON as the server writes the bodies that it signs (contract 17.1): what `stableStringify` of fast-safe-stringify gives. Keys are
 * put in alphabetical order into a new object, so integer-like ones come first, in numeric order, and a key `__proto__` is lost. What
 * `toJSON` returns keeps its order; undefined fields are left out.
 */
export function sortedJson(value: unknown): string {
    return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
    if (Array.isArray(value)) return value.map(sorted);
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value).sort()) copy[key] = sorted((value as Record<string, unknown>)[key]);
    return copy;
}
