/**
 * Headers in any form that a runtime or a framework has them: `Headers`, a plain object with names in any case (values may be
 * arrays), a `Map`, a list of pairs, or Node's flat `rawHeaders`.
 */
export type WebhookHeaders =
    | { get(name: string): string | null }
    | Iterable<readonly [string, string]>
    | readonly string[]
    | Record<string, unknown>;

/** The value of a header, its values joined by a comma if there are several, or undefined. `name` in lower case. */
export function headerValue(headers: unknown, name: string): string | undefined {
    try {
        const { get } = headers as { get?: unknown };
        if (typeof get === 'function' && !(Symbol.iterator in (headers as object))) {
            const value: unknown = get.call(headers, name);
            return typeof value === 'string' ? value || undefined : undefined;
        }
        const values = entries(headers).flatMap(([key, value]) => (String(key).toLowerCase() === name ? value : []));
        return values.filter((value) => typeof value === 'string').join(', ') || undefined;
    } catch {}
}

/** Throws for what holds no headers. */
function entries(headers: unknown): (readonly [unknown, unknown])[] {
    if (!(Symbol.iterator in (headers as object))) return Object.entries(headers as object);
    const items = [...(headers as Iterable<unknown>)];
    if (Array.isArray(items[0])) return items as [unknown, unknown][];
    return items.flatMap((item, i) => (i % 2 === 0 ? [[item, items[i + 1]] as const] : []));
}
