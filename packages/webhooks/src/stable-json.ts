/**
 * JSON with the keys of every object in code-unit order: the form in which Nango writes the bodies it signs (wire contract 17.1).
 * Written by hand because integer-like keys can't be put in that order in an object.
 */
export function stableJson(value: unknown): string | undefined {
    const json = typeof (value as { toJSON?: unknown } | null)?.toJSON === 'function' ? (value as Date).toJSON() : value;
    if (typeof json !== 'object' || json === null) return JSON.stringify(json);
    if (Array.isArray(json)) return `[${json.map((item) => stableJson(item) ?? 'null')}]`;
    const members: string[] = [];
    for (const key of Object.keys(json).sort()) {
        const member = stableJson((json as Record<string, unknown>)[key]);
        if (member !== undefined) members.push(`${JSON.stringify(key)}:${member}`);
    }
    return `{${members}}`;
}
