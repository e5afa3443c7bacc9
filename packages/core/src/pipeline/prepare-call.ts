import { argumentError, inputError } from '../errors/input-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import { checkRateLimit } from '../rate-limit/rate-limit-options.js';
import { jsonBody } from '../request/body.js';
import { checkCallerHeaders, checkHeader } from '../request/headers.js';
import { callOptionMembers } from '../request/inline-options.js';
import { buildPath } from '../request/path.js';
import { buildQuery } from '../request/query.js';
import { requireKnown } from '../request/require.js';
import { checkRetry } from '../retry/retry-policy.js';
import type { CallContext } from '../types/call-context.js';
import type { CallInput } from '../types/call-input.js';
import type { CallInfo } from '../types/hooks.js';
import type { Operation } from '../types/operation.js';
import type { CallOptions } from '../types/options.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { Redaction } from '../types/redaction.js';
import type { RequestHeaders } from '../types/transport.js';
import { checkSize, checkTimeout } from './check-limits.js';

const defaultTimeout = 30_000;
const defaultMaxResponseSize = 256 * 1024 * 1024;

const noOptions: CallOptions = Object.freeze({});

/**
 * First step of the pipeline: everything that can be wrong with a call's arguments is found here.
 *
 * @throws {NangoInputError}
 */
export function prepareCall(context: CallContext, operation: Operation, input: CallInput): PreparedCall {
    const { name } = operation;
    const options = input.options ?? noOptions;
    if (options !== noOptions) checkCallOptions(options, name);
    const method = input.method ?? operation.method;
    const path = input.target ?? buildPath(operation.path, input.path, name) + buildQuery(input.query, name);
    const headers: RequestHeaders = { ...context.headers };
    if (options.headers) Object.assign(headers, checkCallerHeaders(options.headers, name));
    for (const header in input.headers) {
        const value = input.headers[header];
        if (value !== undefined) headers[header] = checkHeader(header, value, name);
    }
    const info: CallInfo = { operation: name, method, path: operation.path, origin: context.base.origin };
    const attemptTimeout =
        options.timeout ?? context.options.timeout ?? (operation.timeout ?? defaultTimeout) + (input.extraTime ?? 0);
    const totalTimeout = options.totalTimeout ?? context.options.totalTimeout;
    const source = input.source ?? (input.body === undefined ? undefined : jsonBody(input.body, name));
    let redactor: Redaction | undefined;
    return {
        operation,
        info,
        method,
        path: context.base.path + path,
        headers,
        source,
        responseType: input.responseType,
        timeout: limit(attemptTimeout),
        totalTimeout: limit(totalTimeout),
        begunAt: input.begunAt,
        maxResponseSize: options.maxResponseSize ?? context.options.maxResponseSize ?? defaultMaxResponseSize,
        signal: options.signal,
        options,
        // Made for the first error, if there is one.
        get redactor() {
            redactor ??= context.redactor.of({ path: this.path, headers, source, secrets: input.secrets });
            return redactor;
        },
        timedOut(scope, timeout, progress) {
            const what = scope === 'attempt' ? 'no complete answer within' : 'gave up after the whole call took';
            return new NangoTimeoutError(
                `${name}: ${what} ${timeout} ms (${method} ${operation.path}). Raise \`${scope === 'attempt' ? 'timeout' : 'totalTimeout'}\` if the call may take longer`,
                { operation: name, method, path: operation.path, timeout, scope },
                progress,
            );
        },
    };
}

function limit(timeout: number | false | undefined): number | undefined {
    return timeout === false || timeout === undefined || timeout === Number.POSITIVE_INFINITY ? undefined : timeout;
}

function checkCallOptions(options: CallOptions, operation: string): void {
    if (typeof options !== 'object' || options === null) {
        throw inputError(operation, 'options', "the call's options must be an object, e.g. { signal, timeout }");
    }
    requireKnown(options, callOptionMembers, operation, "a call's options", { parameter: 'options' });
    for (const name of ['timeout', 'totalTimeout', 'maxResponseSize', 'retry', 'rateLimit'] as const) {
        try {
            if (name === 'retry') checkRetry(options.retry);
            else if (name === 'rateLimit') checkRateLimit(options.rateLimit);
            else if (name === 'maxResponseSize') checkSize(options.maxResponseSize);
            else checkTimeout(options[name], name);
        } catch (error) {
            throw inputError(operation, name, (error as Error).message);
        }
    }
    if (options.signal !== undefined && typeof options.signal?.addEventListener !== 'function') {
        throw argumentError(operation, 'signal', 'must be an AbortSignal');
    }
}
