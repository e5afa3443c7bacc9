import type { PreparedCall } from '../types/prepared-call.js';
import { type Cancellation, TransportFailure } from '../types/transport.js';
import { NangoNetworkError, NangoResponseError } from './transport-errors.js';

/** The error that a call rejects with: what cut it, if it was cut, else the public form of what the transport met. */
export function toCallError(failure: unknown, call: PreparedCall, control: Cancellation): unknown {
    if (control.cancelled) return control.reason;
    if (!(failure instanceof TransportFailure)) return failure;
    const { operation, method, path } = call.info;
    const facts = { operation, method, path, cause: causeOf(failure, call) };
    if (failure.kind === 'network') {
        const code = failure.code ? ` (${failure.code})` : '';
        return new NangoNetworkError(
            `${operation}: no answer from ${call.info.origin}${code}: ${call.redactor.text(failure.message)}`,
            { ...facts, code: failure.code },
            failure.progress,
        );
    }
    const what = failure.kind === 'truncated' ? 'broke off before its end' : 'could not be decompressed';
    return new NangoResponseError(`${operation}: the answer ${what} (${method} ${path})`, { ...facts, reason: failure.kind });
}

/** A plain error with the runtime's code: the runtime's own error may hold the request. */
function causeOf(failure: TransportFailure, call: PreparedCall): Error {
    const cause = new Error(call.redactor.text(failure.message));
    if (failure.code) Object.defineProperty(cause, 'code', { value: failure.code, enumerable: true });
    return cause;
}
