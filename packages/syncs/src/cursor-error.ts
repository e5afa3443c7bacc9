import { NangoApiError } from '@x/core';

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

    constructor(operation: string, answer: NangoApiError, cursor: string) {
        super(
            `${operation}: the server can't use this \`cursor\` (it answered ${answer.status} ${answer.code}, and answers without the cursor). ` +
                "Pass a page's `next_cursor` or a record's `_nango_metadata.cursor` unchanged, or leave `cursor` out to begin again",
            {
                operation,
                method: answer.method,
                path: answer.path,
                response: answer.response,
                code: answer.code,
                payload: answer.payload,
                errors: answer.errors,
                source: answer.source,
            },
        );
        this.cursor = cursor;
    }
}
