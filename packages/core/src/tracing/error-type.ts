/** What a call failed with, as far as it is looked at. Read by shape: the error may come from another copy of this package. */
interface Failure {
    readonly name?: unknown;
    readonly status?: unknown;
    readonly sent?: unknown;
    readonly code?: unknown;
}

/**
 * `error.type` of the semantic conventions: the status of an answer, the system's code of a broken connection, else the
 * error's name. Few values, and never a message.
 */
export function errorType(error: unknown): string {
    if (typeof error !== 'object' || error === null) return '_OTHER';
    const { name, status, sent, code } = error as Failure;
    if (typeof status === 'number' && status >= 400 && sent !== false) return String(status);
    if (name === 'NangoNetworkError' && isWord(code)) return code;
    return isWord(name) ? name : '_OTHER';
}

function isWord(value: unknown): value is string {
    return typeof value === 'string' && /^\w{1,64}$/.test(value);
}
