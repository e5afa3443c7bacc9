import { type ApiErrorDetails, NangoApiError } from '@x/core';

/**
 * The server can't use a cursor: it is not one of its own, it was cut, or the server's format has changed since it was saved. Begin
 * again without one; records that you have already seen then come again.
 *
 * `status`, `code` and `response` are those of the server's answer: 500 and `server_error`.
 */
export class NangoCursorError extends NangoApiError {
    protected static override readonly kind: string = 'NangoCursorError';
    /** The cursor as it was given. */
    readonly cursor: string;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(message: string, details: ApiErrorDetails & { cursor?: string | undefined } = {}) {
        super(message, details);
        this.cursor = details.cursor ?? '';
    }
}

/** The error of an answer that says no more than `server_error`. */
export function cursorError(operation: string, answer: NangoApiError, cursor: string): NangoCursorError {
    const { method, path, response, code, payload, errors, source } = answer;
    return new NangoCursorError(
        `${operation}: the server can't use this \`cursor\` (it answered ${answer.status} ${answer.code}, and answers without the cursor). ` +
            "Pass a page's `next_cursor` or a record's `_nango_metadata.cursor` unchanged, or leave `cursor` out to begin again",
        { operation, method, path, response, code, payload, errors, source, cursor },
    );
}
