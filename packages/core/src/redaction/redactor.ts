import type { Redaction, SentParts } from '../types/redaction.js';
import type { KnownValues } from './clean-text.js';
import { redacted } from './redacted.js';

const SCHEMES = /\b(?:Bearer|Basic)\s{1,8}[\w.~+/=-]{8,}/gi;

let deep: typeof import('./deep-redaction.js') | undefined;

/**
 * Loads what errors need, the first time there is one: until then no bundle has to hold it and no call has to pay for it. Where it can't be
 * loaded (its file is gone, or no file can be opened any more), the failure that it is for counts, and shows less.
 */
export async function loadRedaction(): Promise<void> {
    try {
        deep ??= await import('./deep-redaction.js');
    } catch {
        // The next error tries again.
    }
}

/**
 * Takes secrets out of what an error or a log line keeps: the values that the client and the call know to be secret wherever they stand,
 * credentials by the name of their field, and tokens by their shape. Until {@link loadRedaction} has run it knows the client's values only,
 * and shows no JSON at all.
 */
export class Redactor implements Redaction {
    readonly #own: readonly string[];
    readonly #sent: SentParts | undefined;
    #known: KnownValues | undefined;

    constructor(own: Iterable<string | undefined>, sent?: SentParts) {
        this.#own = [...new Set(own)].filter((value): value is string => value !== undefined && value.length >= 4);
        this.#sent = sent;
    }

    of(sent: SentParts): Redaction {
        return redactorFor(this.#own, sent);
    }

    text(text: string): string {
        if (deep) return deep.cleanText(text, this.#values(deep));
        let clean = text;
        for (const value of [...this.#own, ...(this.#sent?.secrets ?? [])]) clean = clean.replaceAll(value, redacted);
        return clean.replace(SCHEMES, redacted);
    }

    json(value: unknown): unknown {
        return deep ? deep.cleanJson(value, this.#values(deep)) : redacted;
    }

    #values(by: NonNullable<typeof deep>): KnownValues {
        this.#known ??= by.knownValues(this.#own, this.#sent);
        return this.#known;
    }
}

/** Out here, since a class that names itself within is built under another name. */
function redactorFor(own: readonly string[], sent: SentParts): Redaction {
    return new Redactor(own, sent);
}

const KEPT_HEADERS =
    /^(?:content-(?:type|length|encoding|language|disposition|range)|accept-ranges|age|allow|cache-control|connection|date|deprecation|etag|expires|keep-alive|last-modified|link|retry-after|server|sunset|transfer-encoding|vary|via|warning|x-powered-by|cf-ray)$|rate-?limit|(?:request|correlation|trace)-?id$/;

/** Keeps the headers that an error may show. An allow-list: a header that nobody thought of may carry a credential. */
export function keptHeaders(headers: Readonly<Record<string, unknown>>, redactor: Redaction): Record<string, unknown> {
    const kept: Record<string, unknown> = {};
    for (const name in headers) {
        if (KEPT_HEADERS.test(name)) kept[name] = shown(headers[name], redactor);
    }
    return kept;
}

function shown(value: unknown, redactor: Redaction): unknown {
    if (Array.isArray(value)) return value.map((item) => shown(item, redactor));
    return typeof value === 'string' ? redactor.text(value) : value;
}
