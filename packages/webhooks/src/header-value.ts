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
        if (typeof (headers as Headers).get === 'function' && !(Symbol.iterator in (headers as object)))
            return valueIn(headers as Headers, name);
        const values = entries(headers).flatMap(([key, value]) => (String(key).toLowerCase() === name ? value : []));
        return values.filter((value) => typeof value === 'string').join(', ') || undefined;
    } catch {}
}

/** The value of a header where headers are read with `get`. */
export function valueIn(headers: Pick<Headers, 'get'>, name: string): string | undefined {
    try {
        const value: unknown = headers.get(name);
        return typeof value === 'string' ? value || undefined : undefined;
    } catch {}
}

/** Throws for what holds no headers. */
function entries(headers: unknown): (readonly [unknown, unknown])[] {
    if (!(Symbol.iterator in (headers as object))) return Object.entries(headers as object);
    const items = [...(headers as Iterable<unknown>)];
    if (Array.isArray(items[0])) return items as [unknown, unknown][];
    return items.flatMap((item, i) => (i % 2 === 0 ? [[item, items[i + 1]] as const] : []));
}
