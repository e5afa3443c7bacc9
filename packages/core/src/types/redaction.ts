/** Takes the secrets that a call knows, and what looks like one, out of what an error or a log line keeps. */
export interface Redaction {
    text(text: string): string;
    /** A copy of plain JSON without them. */
    json(value: unknown): unknown;
    /** One that knows some more values. */
    and(values: readonly string[]): Redaction;
}
