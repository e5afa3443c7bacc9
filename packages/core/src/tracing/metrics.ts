import { type Attributes, metrics as api, type MeterProvider } from '@opentelemetry/api';
import type { CallInfo, Hooks } from '../types/hooks.js';
import { errorType } from './error-type.js';
import { requestAttributes } from './request-attributes.js';

/** Where measurements go. */
export interface MetricsOptions {
    /** @default the provider registered with `@opentelemetry/api` when `metrics()` is called */
    readonly meterProvider?: MeterProvider | undefined;
    /** Added to every measurement. Each new value makes a new time series: nothing that differs by user. */
    readonly attributes?: Attributes | undefined;
}

/** Bounds in seconds that the HTTP semantic conventions advise, with more above for actions and waits in line. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300, 900];

/**
 * Measures calls for OpenTelemetry: how long requests and calls take, what is repeated, what waits for the rate limit, how much of it
 * remains and how many calls stand in line. Attributes hold the method's name and the path template, never an id.
 *
 * @example
 * ```ts
 * const nango = new Nango({ apiKey, hooks: [tracing(), metrics()] });
 * ```
 * @see docs/observe-calls.md
 */
export function metrics(options: MetricsOptions = {}): Hooks {
    const meter = (options.meterProvider ?? api.getMeterProvider()).getMeter('@x/core', __VERSION__);
    const histogram = (name: string, description: string) =>
        meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: seconds } });
    const requests = histogram(
        'http.client.request.duration',
        'From sending a request to the headers of its answer, or its failure',
    );
    const calls = histogram('nango.call.duration', 'Of a whole call, waits and repeats included');
    const repeats = meter.createCounter('nango.call.repeats', { description: 'Requests that were sent again' });
    const waits = histogram('nango.rate_limit.wait', 'For how long a call has to wait for the rate limit, when its wait begins');
    const queue = meter.createUpDownCounter('nango.rate_limit.queue', { description: 'Calls that wait for the rate limit' });
    const limits = new Map<string, { attributes: Attributes; limit: number; remaining: number }>();
    meter
        .createObservableGauge('nango.rate_limit.remaining', {
            description: 'Requests left in the window, as of the last answer',
        })
        .addCallback((result) => {
            for (const { attributes, remaining } of limits.values()) result.observe(remaining, attributes);
        });
    meter
        .createObservableGauge('nango.rate_limit.limit', { description: 'Requests that a window takes' })
        .addCallback((result) => {
            for (const { attributes, limit } of limits.values()) result.observe(limit, attributes);
        });

    const attributesOf = (call: CallInfo): Attributes => ({ ...options.attributes, ...requestAttributes(call) });
    const server = (call: CallInfo): Attributes => {
        const { 'server.address': address, 'server.port': port } = requestAttributes(call);
        return { ...options.attributes, 'server.address': address, 'server.port': port };
    };
    /** When the attempt under way began; nothing while none is. */
    const sentAt = new WeakMap<CallInfo, number>();
    const waiting = new WeakSet<CallInfo>();
    const leave = (call: CallInfo) => {
        if (waiting.delete(call)) queue.add(-1, server(call));
    };
    const failed = (call: CallInfo, type: string) => {
        const began = sentAt.get(call);
        if (began === undefined) return;
        sentAt.delete(call);
        requests.record((Date.now() - began) / 1_000, { ...attributesOf(call), 'error.type': type });
    };

    return {
        async aroundCall(call, run) {
            const began = Date.now();
            let type: string | undefined;
            try {
                return await run();
            } catch (error) {
                type = errorType(error);
                throw error;
            } finally {
                calls.record((Date.now() - began) / 1_000, {
                    ...attributesOf(call),
                    ...(type !== undefined && { 'error.type': type }),
                });
            }
        },
        onRequest({ call }) {
            leave(call);
            sentAt.set(call, Date.now());
        },
        onResponse({ call, status, duration, limit, remaining }) {
            sentAt.delete(call);
            const type = status >= 400 ? { 'error.type': String(status) } : {};
            requests.record(duration / 1_000, { ...attributesOf(call), 'http.response.status_code': status, ...type });
            if (limit !== undefined && remaining !== undefined)
                limits.set(call.origin, { attributes: server(call), limit, remaining });
        },
        onRetry({ call, cause }) {
            const type = 'status' in cause ? String(cause.status) : (cause.code ?? cause.progress);
            failed(call, type);
            repeats.add(1, { ...attributesOf(call), 'error.type': type });
        },
        onRateLimit({ call, wait, reason }) {
            waits.record(wait / 1_000, { ...attributesOf(call), 'nango.rate_limit.reason': reason });
            if (waiting.has(call)) return;
            waiting.add(call);
            queue.add(1, server(call));
        },
        onError({ call, error }) {
            leave(call);
            failed(call, errorType(error));
        },
    };
}
