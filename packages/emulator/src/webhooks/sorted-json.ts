/** JSON with the keys of every object in alphabetical order; undefined fields are left out (contract 17.1). */
export function sortedJson(value: unknown): string {
    return JSON.stringify(sorted(JSON.parse(JSON.stringify(value) ?? 'null')));
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const keys = Object.keys(value).sort();
    // Built without a prototype: a key named __proto__ is a key like any other.
    const copy: Record<string, unknown> = Object.create(null);
    for (const key of keys) copy[key] = sorted((value as Record<string, unknown>)[key]);
    return copy;
}
