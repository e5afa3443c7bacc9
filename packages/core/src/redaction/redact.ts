import type { Redaction } from '../types/redaction.js';

/** Written where a secret stood. */
export const redacted = '[redacted]';

const SECRET_NAME =
    /^(?:.*(?:secret|passw(?:or)?d|(?:private|api|dev|access)[_-]?key|authorization|cookie)|.*(?:access|refresh|session|oauth|bearer|auth|jwt|csrf|api)[_-]?token|(?:.*[_-])?id[_-]?token|token|jwt|credentials?)$/i;
const SECRET_TEXT = /nango_(?:connect_session|sbx_v1)_[\w.-]+|\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;

/**
 * Takes secrets out of what an error or a log line keeps: the values the call knows to be secret wherever they stand,
 * credentials by the name of their field, and tokens by their shape. Text and plain JSON only.
 */
export class Redactor implements Redaction {
    readonly #values: string[];

    constructor(values: Iterable<string | undefined>) {
        this.#values = [...new Set(values)].filter((value): value is string => value !== undefined && value.length >= 4);
    }

    /** One that knows some more values. */
    and(values: readonly string[]): Redactor {
        return new Redactor([...this.#values, ...values]);
    }

    text(text: string): string {
        let clean = text;
        for (const value of this.#values) {
            if (clean.includes(value)) clean = clean.replaceAll(value, redacted);
        }
        return clean.replace(SECRET_TEXT, redacted);
    }

    json(value: unknown, depth = 0): unknown {
        if (typeof value === 'string') return this.text(value);
        if (typeof value !== 'object' || value === null) return value;
        if (depth > 32) return redacted;
        if (Array.isArray(value)) return value.map((item) => this.json(item, depth + 1));
        const clean: Record<string, unknown> = {};
        for (const [name, member] of Object.entries(value)) {
            // Validation issues name fields ("path": ["credentials", "type"]), they don't hold them.
            const secret = SECRET_NAME.test(name) && holdsSomething(member);
            // defineProperty, not assignment: a member called `__proto__` must not change the copy's prototype.
            Object.defineProperty(clean, this.text(name), {
                value: secret ? redacted : this.json(member, depth + 1),
                enumerable: true,
                configurable: true,
                writable: true,
            });
        }
        return clean;
    }
}

function holdsSomething(value: unknown): boolean {
    if (value === null || value === undefined || value === '' || typeof value === 'boolean') return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
}

const KEPT_HEADERS =
    /^(?:content-(?:type|length|encoding|language|disposition|range)|accept-ranges|age|allow|cache-control|connection|date|deprecation|etag|expires|keep-alive|last-modified|link|retry-after|server|sunset|transfer-encoding|vary|via|warning|x-powered-by|.*rate-?limit.*|.*request-?id|.*correlation-?id|.*trace-?id|cf-ray)$/;

/** Keeps the headers that an error may show. An allow-list: a header that nobody thought of may carry a credential. */
export function keptHeaders(headers: Readonly<Record<string, unknown>>, redactor: Redaction): Record<string, unknown> {
    const kept: Record<string, unknown> = {};
    for (const name in headers) {
        const value = headers[name];
        if (KEPT_HEADERS.test(name)) kept[name] = typeof value === 'string' ? redactor.text(value) : value;
    }
    return kept;
}
