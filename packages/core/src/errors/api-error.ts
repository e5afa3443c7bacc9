import type { NangoErrorCode } from './error-code.js';
import { hide, NangoError } from './nango-error.js';

/** One failed check of a request, as the API lists them. */
export interface NangoValidationIssue {
    readonly code: string;
    readonly message: string;
    readonly path: readonly string[];
}

/**
 * The answer that an error was made from, with secrets taken out. Same members as `err.response` of axios.
 * Headers are a plain object with lower-case names; those that may carry credentials are not kept.
 */
export interface ErrorResponse {
    readonly status: number;
    readonly statusText: string;
    // biome-ignore lint/suspicious/noExplicitAny: header and body types of axios, so that code written for it compiles unchanged
    readonly headers: Record<string, any>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    readonly data: any;
}

/** Who failed, as far as the answer shows: the API itself, the provider behind the proxy, or unknown. */
export type ErrorSource = 'nango' | 'provider' | 'unknown';

/** What an error of the API holds beside its message. All may be left out, so that a test can make one with little. */
export interface ApiErrorDetails {
    readonly operation?: string | undefined;
    readonly method?: string | undefined;
    /** Path with named parameters, never with their values. */
    readonly path?: string | undefined;
    /** @default one of `status`, with `retry-after` and the code */
    readonly response?: ErrorResponse | undefined;
    /** Where no `response` is given. @default the class's own: 401, 403, 404, 429; else 500 */
    readonly status?: number | undefined;
    readonly code?: NangoErrorCode | undefined;
    readonly payload?: unknown;
    readonly errors?: readonly NangoValidationIssue[] | undefined;
    /** @default 'nango'; of a NangoProviderError 'provider' */
    readonly source?: ErrorSource | undefined;
    /** Seconds to wait, from the answer's own headers. */
    readonly retryAfter?: number | undefined;
    /** False when the error was made without a request. @default true */
    readonly sent?: boolean | undefined;
}

/** The status that a class stands for. */
const statuses: Readonly<Record<string, number>> = {
    NangoAuthenticationError: 401,
    NangoPermissionError: 403,
    NangoNotFoundError: 404,
    NangoRateLimitError: 429,
};

function madeUp(status: number, message: string, { code, retryAfter }: ApiErrorDetails): ErrorResponse {
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { status, statusText: '', headers, data: { error: { code, message } } };
}

/** The API answered with an HTTP error status. */
export class NangoApiError extends NangoError {
    protected static override readonly kind: string = 'NangoApiError';
    readonly status: number;
    /** The API's error code, e.g. `unknown_connection`; match on this and on `status`, never on `message`. */
    readonly code: NangoErrorCode | undefined;
    /** What the API adds to the error, e.g. the data of an error that an action's author threw. */
    readonly payload: unknown;
    /** Every failed check of the request, when the API lists them. */
    readonly errors: readonly NangoValidationIssue[];
    readonly requestId: string | undefined;
    readonly operation: string;
    readonly method: string;
    /** Path template of the call, e.g. `/connections/{connectionId}`. */
    readonly path: string;
    readonly source: ErrorSource;
    /** False when nothing was sent for this error. */
    readonly sent: boolean;
    declare readonly response: ErrorResponse;
    /** True, so that code written for axios (`isAxiosError(err)`, `err.response`) keeps working. */
    declare readonly isAxiosError: true;

    constructor(message: string, details: ApiErrorDetails = {}) {
        super(message);
        const response = details.response ?? madeUp(details.status ?? statuses[new.target.kind] ?? 500, message, details);
        this.status = response.status;
        this.code = details.code;
        this.payload = details.payload;
        this.errors = details.errors ?? [];
        this.requestId = response.headers['x-request-id'];
        this.operation = details.operation ?? '';
        this.method = details.method ?? '';
        this.path = details.path ?? '';
        this.source = details.source ?? 'nango';
        this.sent = details.sent ?? true;
        hide(this, 'response', response);
        hide(this, 'isAxiosError', true);
    }
}

/** 401 of the API: the key is missing, malformed or unknown. */
export class NangoAuthenticationError extends NangoApiError {
    protected static override readonly kind: string = 'NangoAuthenticationError';
}

/** 403 of the API: the key lacks the scope that the call needs. */
export class NangoPermissionError extends NangoApiError {
    protected static override readonly kind: string = 'NangoPermissionError';
}

/** 404 of the API, and the 400s that mean the same (`unknown_connection`, `unknown_provider_config`, …). */
export class NangoNotFoundError extends NangoApiError {
    protected static override readonly kind: string = 'NangoNotFoundError';
}

/**
 * The proxied provider, or an action's upstream, failed. Nango's own key is fine: don't page anyone for it.
 * `source` says whether that is certain (`provider`) or not (`unknown`).
 */
export class NangoProviderError extends NangoApiError {
    protected static override readonly kind: string = 'NangoProviderError';
    /** Seconds the provider asks to wait, when it says so. */
    readonly retryAfter: number | undefined;
    /** For a failed action: what its upstream answered. */
    readonly upstream: { readonly status: number | undefined; readonly headers: unknown; readonly body: unknown } | undefined;

    constructor(message: string, details: ApiErrorDetails & { upstream?: NangoProviderError['upstream'] } = {}) {
        super(message, { ...details, source: details.source ?? 'provider' });
        this.retryAfter = details.retryAfter;
        this.upstream = details.upstream;
    }
}

/**
 * The account's rate limit is used up: the API answered 429 and waiting is off or would take longer than `maxWait`, or
 * the client knew beforehand (then `sent` is false and `response` is made up with the same status and `retry-after`).
 */
export class NangoRateLimitError extends NangoApiError {
    protected static override readonly kind: string = 'NangoRateLimitError';
    /** Seconds until the call can succeed. */
    readonly retryAfter: number | undefined;
    /** Requests the account may make per window, when known. */
    readonly limit: number | undefined;
    /** Requests left in the window. */
    readonly remaining: number | undefined;
    readonly resetAt: Date | undefined;

    constructor(
        message: string,
        details: ApiErrorDetails & {
            limit?: number | undefined;
            remaining?: number | undefined;
            resetAt?: Date | undefined;
        } = {},
    ) {
        super(message, details);
        this.retryAfter = details.retryAfter;
        this.limit = details.limit;
        this.remaining = details.remaining;
        this.resetAt = details.resetAt;
    }
}
