import { type NangoApiError, NangoCursorError } from '@x/core';

/** The error of an answer that says no more than `server_error`. */
export function cursorError(operation: string, answer: NangoApiError, cursor: string): NangoCursorError {
    const { method, path, response, code, payload, errors, source } = answer;
    return new NangoCursorError(
        `${operation}: the server can't use this \`cursor\` (it answered ${answer.status} ${answer.code}, and answers without the cursor). ` +
            "Pass a page's `next_cursor` or a record's `_nango_metadata.cursor` unchanged, or leave `cursor` out to begin again",
        { operation, method, path, response, code, payload, errors, source, cursor },
    );
}
