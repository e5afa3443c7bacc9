/** Every field of a value with its type, e.g. `line.waiting[].ticket: number`; of several values what any of them has. */
export function fieldsOf(...values: unknown[]): string[] {
    const fields = new Set<string>();
    for (const value of values) walk(value, '', fields);
    return [...fields].sort();
}

function walk(value: unknown, path: string, fields: Set<string>): void {
    if (Array.isArray(value)) {
        for (const item of value) walk(item, `${path}[]`, fields);
    } else if (typeof value === 'object' && value !== null) {
        for (const [name, member] of Object.entries(value)) walk(member, path ? `${path}.${name}` : name, fields);
    } else {
        fields.add(`${path}: ${value === null ? 'null' : typeof value}`);
    }
}
