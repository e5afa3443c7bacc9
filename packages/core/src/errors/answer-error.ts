import { keptHeaders } from '../redaction/redactor.js';
import type { PreparedCall } from '../types/prepared-call.js';
import {
    type ApiErrorDetails,
    type ErrorResponse,
    NangoApiError,
    NangoAuthenticationError,
    NangoNotFoundError,
    NangoPermissionError,
    NangoProviderError,
    NangoRateLimitError,
    type NangoValidationIssue,
} from './api-error.js';
import { sourceOf } from './error-source.js';
import { providerMessage } from './provider-message.js';
import { readRetryAfter } from './retry-after.js';

interface Envelope {
    readonly code: string | undefined;
    readonly message: string | undefined;
    readonly payload: unknown;
    readonly errors: readonly NangoValidationIssue[];
    readonly upstream: unknown;
}

/**
 * Makes the error of an answer: its class by status and code, its text for the person on call.
 *
 * @param asked the body in the form that the call asked for, redacted, where that is not JSON
 */
export function answerError(call: PreparedCall, raw: ErrorResponse, asked?: unknown): NangoApiError {
    const { redactor, info } = call;
    const response: ErrorResponse = {
        status: raw.status,
        statusText: redactor.text(raw.statusText),
        headers: keptHeaders(raw.headers, redactor),
        data: redactor.json(raw.data),
    };
    const envelope = readEnvelope(response.data);
    const { status } = response;
    const source = call.operation.proxied ? sourceOf(status, envelope.code, response) : 'nango';
    const details: ApiErrorDetails = {
        operation: info.operation,
        method: info.method,
        path: info.path,
        response: asked === undefined ? response : { ...response, data: asked },
        code: envelope.code,
        payload: envelope.payload,
        // A provider's list is its own, whatever it is called: it stands in `response.data`.
        errors: source === 'nango' ? envelope.errors : [],
        source,
        retryAfter: readRetryAfter(response.headers['retry-after'], response.headers.date),
    };
    const message = describe(call, response, envelope, source);
    if (call.operation.proxied && source !== 'nango') return new NangoProviderError(message, details);
    if (envelope.code === 'script_http_error' || envelope.code === 'script_api_rate_limit_error') {
        return new NangoProviderError(message, { ...details, source: 'provider', upstream: readUpstream(envelope.upstream) });
    }
    if (status === 429) return new NangoRateLimitError(message, { ...details, ...readLimits(response.headers) });
    if (status === 401) return new NangoAuthenticationError(message, details);
    if (status === 403) return new NangoPermissionError(message, details);
    if (status === 404 || (status === 400 && envelope.code?.startsWith('unknown_')))
        return new NangoNotFoundError(message, details);
    return new NangoApiError(message, details);
}

/** Takes the code and its company out of any of the API's envelopes. */
function readEnvelope(data: unknown): Envelope {
    const body = (data ?? {}) as Record<string, unknown>;
    const error = typeof body.error === 'object' && body.error !== null ? (body.error as Record<string, unknown>) : body;
    return {
        code: text(error.code),
        message: text(error.message) ?? text(body.error),
        payload: error.payload,
        errors: Array.isArray(error.errors) ? (error.errors as NangoValidationIssue[]) : [],
        upstream: error.upstream,
    };
}

function readUpstream(upstream: unknown): NangoProviderError['upstream'] {
    if (typeof upstream !== 'object' || upstream === null) return undefined;
    const { status, headers, body } = upstream as Record<string, unknown>;
    return { status: typeof status === 'number' ? status : undefined, headers, body };
}

function readLimits(headers: Record<string, unknown>) {
    const number = (name: string) => {
        const value = Number.parseInt(String(headers[name]), 10);
        return Number.isFinite(value) ? value : undefined;
    };
    const reset = number('x-ratelimit-reset');
    return {
        limit: number('x-ratelimit-limit'),
        remaining: number('x-ratelimit-remaining'),
        resetAt: reset === undefined ? undefined : new Date(reset * 1000),
    };
}

function describe(call: PreparedCall, response: ErrorResponse, envelope: Envelope, source: string): string {
    const { operation, method, path } = call.info;
    const who = source === 'nango' ? 'Nango' : source === 'provider' ? 'the provider' : 'the provider or Nango';
    const words = source === 'nango' ? envelope.message : (providerMessage(response.data) ?? envelope.message);
    const said =
        [envelope.code, words].filter(Boolean).join(': ') ||
        (typeof response.data === 'string' ? response.data.trim().slice(0, 200) : '');
    const issues = source === 'nango' ? envelope.errors.map(describeIssue).filter(Boolean).join('; ') : '';
    const hint = isPercentFault(call, envelope.code) ? percentHint : (hints.get(envelope.code ?? '') ?? '');
    return `${operation}: ${who} answered ${response.status}${said ? ` ${said}` : ''}${issues ? ` (${issues})` : ''} [${method} ${path}]${hint}`;
}

/** The server decodes the text of a proxied body that is not JSON, and fails on a stray `%`. */
function isPercentFault({ operation, source, headers }: PreparedCall, code: string | undefined): boolean {
    if (!operation.proxied || code !== 'generic_error_support' || source === undefined) return false;
    return !String(headers['content-type'] ?? 'application/json').startsWith('application/json');
}

const percentHint =
    '. If the body holds a `%` that is not followed by two hex digits, as files do: Nango 0.71 fails on it. See docs/call-a-provider.md';

function describeIssue(issue: NangoValidationIssue | null): string {
    const path = Array.isArray(issue?.path) ? issue.path.join('.') : '';
    return [path, issue?.message ?? issue?.code].filter(Boolean).join(': ');
}

/** What to do about an error, where its code leaves one guess. */
const hints = new Map([
    ['unknown_account', '. The key is well-formed but belongs to no environment of this host: check `apiKey` and `host`'],
    ['invalid_secret_key_format', ". `apiKey` must be the environment's API key, a UUID"],
    ['invalid_credentials', '. The connection needs new credentials: see isReconnectRequired()'],
]);

function text(value: unknown): string | undefined {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
