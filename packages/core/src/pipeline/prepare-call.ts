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
import type { BodySource } from '../types/body-source.js';
import type { CallContext } from '../types/call-context.js';
import type { CallInput } from '../types/call-input.js';
import type { CallInfo } from '../types/hooks.js';
import type { Operation } from '../types/operation.js';
import type { CallOptions } from '../types/options.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { Redaction } from '../types/redaction.js';
import type { ResponseType } from '../types/response.js';
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
    // Not `{ ...context.headers }`: on Node 20 each member that is added to such a copy takes as long as the whole rest of this step.
    const headers: RequestHeaders = Object.assign({}, context.headers);
    if (options.headers) Object.assign(headers, checkCallerHeaders(options.headers, name));
    for (const header in input.headers) {
        const value = input.headers[header];
        if (value !== undefined) headers[header] = checkHeader(header, value, name);
    }
    const source = input.source ?? (input.body === undefined ? undefined : jsonBody(input.body, name));
    return new Call(context, operation, input, method, context.base.path + path, headers, source, options);
}

/** A class, since an object literal with a getter and closures of its own takes V8 longer than all the rest of this step. */
class Call implements PreparedCall {
    declare readonly operation: Operation;
    declare readonly info: CallInfo;
    declare readonly method: Operation['method'];
    declare readonly path: string;
    declare readonly headers: RequestHeaders;
    declare readonly source: BodySource | undefined;
    declare readonly responseType: ResponseType | undefined;
    declare readonly timeout: number | undefined;
    declare readonly totalTimeout: number | undefined;
    declare readonly begunAt: number | undefined;
    declare readonly maxResponseSize: number;
    declare readonly signal: AbortSignal | undefined;
    declare readonly options: CallOptions;
    readonly #context: CallContext;
    readonly #secrets: CallInput['secrets'];
    #redactor: Redaction | undefined;

    constructor(
        context: CallContext,
        operation: Operation,
        input: CallInput,
        method: Operation['method'],
        path: string,
        headers: RequestHeaders,
        source: BodySource | undefined,
        options: CallOptions,
    ) {
        const own = context.options;
        this.operation = operation;
        this.info = { operation: operation.name, method, path: operation.path, origin: context.base.origin };
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.source = source;
        this.responseType = input.responseType;
        this.timeout = limit(options.timeout ?? own.timeout ?? (operation.timeout ?? defaultTimeout) + (input.extraTime ?? 0));
        this.totalTimeout = limit(options.totalTimeout ?? own.totalTimeout);
        this.begunAt = input.begunAt;
        this.maxResponseSize = options.maxResponseSize ?? own.maxResponseSize ?? defaultMaxResponseSize;
        this.signal = options.signal;
        this.options = options;
        this.#context = context;
        this.#secrets = input.secrets;
    }

    /** Made for the first error, if there is one. */
    get redactor(): Redaction {
        const { path, headers, source } = this;
        this.#redactor ??= this.#context.redactor.of({ path, headers, source, secrets: this.#secrets });
        return this.#redactor;
    }

    timedOut(scope: 'attempt' | 'total', timeout: number, progress: 'not-sent' | 'maybe-sent'): NangoTimeoutError {
        const { operation, method, path } = this.info;
        const what = scope === 'attempt' ? 'no complete answer within' : 'gave up after the whole call took';
        return new NangoTimeoutError(
            `${operation}: ${what} ${timeout} ms (${method} ${path}). Raise \`${scope === 'attempt' ? 'timeout' : 'totalTimeout'}\` if the call may take longer`,
            { operation, method, path, timeout, scope },
            progress,
        );
    }
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
