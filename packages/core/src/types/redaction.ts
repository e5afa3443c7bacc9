import type { BodySource } from './body-source.js';
import type { RequestHeaders } from './transport.js';

/** What a call sends, as far as it may hold secrets. */
export interface SentParts {
    readonly path: string;
    readonly headers: RequestHeaders;
    readonly source: BodySource | undefined;
    /** Values that must not appear in an error, whatever they are called. */
    readonly secrets: readonly string[] | undefined;
}

/** Takes the secrets that a call knows, and what looks like one, out of what an error or a log line keeps. */
export interface Redaction {
    text(text: string): string;
    /** A copy of plain JSON without them. */
    json(value: unknown): unknown;
    /** One that also knows what a call sends. */
    of(sent: SentParts): Redaction;
}
