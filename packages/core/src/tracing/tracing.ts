import { type Attributes, context, type Span, SpanKind, SpanStatusCode, type TracerProvider, trace } from '@opentelemetry/api';
import type { CallInfo, Hooks } from '../types/hooks.js';
import { errorType } from './error-type.js';
import { requestAttributes, spanName } from './request-attributes.js';

/** How spans are made. */
export interface TracingOptions {
    /** Where spans go. @default the provider registered with `@opentelemetry/api` when the call is made */
    readonly tracerProvider?: TracerProvider | undefined;
    /** Added to every span, e.g. `{ 'peer.service': 'nango' }`. */
    readonly attributes?: Attributes | undefined;
}

/**
 * One CLIENT span for each call, waits and repeats included, by the HTTP semantic conventions. The span is active while the
 * call runs: spans of an HTTP instrumentation become its children.
 *
 * Attributes hold the path template and never an id, a query, a body or a secret. That is why `url.full`, which the
 * conventions ask for, is left out, and why an error is named by its type without its message.
 *
 * A streamed answer's span ends at the headers.
 *
 * @example
 * ```ts
 * const nango = new Nango({ apiKey, hooks: [tracing()] });
 * ```
 */
export function tracing(options: TracingOptions = {}): Hooks {
    const tracer = (options.tracerProvider ?? trace.getTracerProvider()).getTracer('@x/core', __VERSION__);
    const spans = new WeakMap<CallInfo, Span>();

    return {
        async aroundCall(call, run) {
            const attributes = { ...options.attributes, ...requestAttributes(call) };
            const span = tracer.startSpan(spanName(call), { kind: SpanKind.CLIENT, attributes });
            spans.set(call, span);
            try {
                return await context.with(trace.setSpan(context.active(), span), run);
            } catch (error) {
                span.setAttribute('error.type', errorType(error));
                // No description: messages may quote what the API said of an id.
                span.setStatus({ code: SpanStatusCode.ERROR });
                throw error;
            } finally {
                span.end();
            }
        },
        onRequest({ call, attempt }) {
            if (attempt > 1) spans.get(call)?.setAttribute('http.request.resend_count', attempt - 1);
        },
        onResponse({ call, status }) {
            spans.get(call)?.setAttribute('http.response.status_code', status);
        },
        onRetry({ call, attempt, wait, cause }) {
            const why =
                'status' in cause
                    ? { 'http.response.status_code': cause.status }
                    : { 'error.type': cause.code ?? cause.progress };
            spans.get(call)?.addEvent('nango.retry', { 'nango.attempt': attempt, 'nango.wait_ms': wait, ...why });
        },
        onRateLimit({ call, wait, reason, limit, remaining, resetAt }) {
            spans.get(call)?.addEvent('nango.rate_limit', {
                'nango.wait_ms': wait,
                'nango.rate_limit.reason': reason,
                ...(limit !== undefined && { 'nango.rate_limit.limit': limit }),
                ...(remaining !== undefined && { 'nango.rate_limit.remaining': remaining }),
                ...(resetAt && { 'nango.rate_limit.reset_at': resetAt.toISOString() }),
            });
        },
    };
}
