import { keptHeaders } from '../redaction/redactor.js';
import type { PreparedCall } from '../types/prepared-call.js';
import { type ErrorResponse, NangoApiError, NangoRateLimitError } from './api-error.js';

/**
 * The error of an answer while the code that reads one can't be loaded: its file was replaced under the running process, or no file can be
 * opened any more. It has what calls are repeated and waited for by, and nothing of what would need reading.
 *
 * @param reason what the import was rejected with
 */
export function unreadError(call: PreparedCall, raw: ErrorResponse, reason: unknown): NangoApiError {
    const { info, redactor } = call;
    const { operation, method, path } = info;
    const { code } = reason as { code?: unknown };
    const message =
        `${operation}: the server answered ${raw.status}, and what reads its error could not be loaded (${code ?? reason}). ` +
        `If this installation was replaced while the process ran, restart the process [${method} ${path}]`;
    const response = {
        status: raw.status,
        statusText: redactor.text(raw.statusText),
        headers: keptHeaders(raw.headers, redactor),
        data: redactor.json(raw.data),
    };
    const isOwnLimit = raw.status === 429 && !call.operation.proxied;
    const error = new (isOwnLimit ? NangoRateLimitError : NangoApiError)(message, { operation, method, path, response });
    error.cause = reason;
    return error;
}
