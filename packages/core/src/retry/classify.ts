import { NangoApiError, NangoRateLimitError } from '../errors/api-error.js';
import { NangoNetworkError, NangoResponseError, NangoTimeoutError } from '../errors/transport-errors.js';
import { handshakeFailed } from '../transport/unsent.js';
import type { HttpMethod, Operation } from '../types/operation.js';
import type { CallKind, FailureKind } from './decision-table.js';

const safeMethods: ReadonlySet<HttpMethod> = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT']);
const unavailable = new Set([408, 502, 503, 504, 520, 521, 522, 523, 524]);
/** A certificate that was refused once is refused again; so is a connection by a proxy that does not let it pass. */
const refusedForGood = (code = '') => code === 'EPROXY' || handshakeFailed.test(code);

/** The row of the decision table that a call belongs to. */
export function kindOfCall(operation: Operation, method: HttpMethod = operation.method): CallKind {
    if (operation.proxied) return safeMethods.has(method) ? 'proxied read' : 'proxied write';
    if (!operation.idempotent) return 'write';
    return safeMethods.has(method) ? 'read' : 'repeatable write';
}

/** The column of the decision table that an attempt's error belongs to. */
export function kindOfFailure(error: unknown): FailureKind {
    if (error instanceof NangoNetworkError) {
        if (error.progress !== 'not-sent') return 'no answer';
        return refusedForGood(error.code) ? 'other' : 'not sent';
    }
    if (error instanceof NangoTimeoutError) {
        if (error.scope !== 'attempt') return 'other';
        return error.progress === 'not-sent' ? 'not sent' : 'timeout';
    }
    if (error instanceof NangoResponseError) return error.reason === 'truncated' ? 'truncated' : 'other';
    if (error instanceof NangoRateLimitError) return error.sent ? 'rate limit' : 'other';
    if (!(error instanceof NangoApiError)) return 'other';
    if (unavailable.has(error.status)) return 'unavailable';
    if (error.status === 500) return error.code === undefined ? 'uncoded 500' : 'other';
    return error.status === 429 ? 'provider rate limit' : 'other';
}
