/** What a wrong value is, for a message: never the value itself, which may be a secret in the wrong place. */
export function describe(value: unknown): string {
    if (value === '') return 'an empty string';
    if (value === null) return 'null';
    if (Array.isArray(value)) return 'an array';
    if (typeof value === 'number') return String(value);
    return typeof value === 'object' ? 'an object' : typeof value;
}
