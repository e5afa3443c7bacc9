import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { call, callForResponse } from '../client/call.js';
import { Client } from '../client/client.js';
import type { CallInput } from '../types/call-input.js';
import type { Hooks } from '../types/hooks.js';
import { operation } from '../types/operation.js';
import { tracing } from './index.js';

const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';
const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const report = operation({ name: 'proxy', method: 'REPORT', path: '/proxy', idempotent: false, proxied: true });

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = tracerProvider.getTracer('test');
let answer: RequestListener;
let server: Server;
let host: string;

beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
    context.disable();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
});

afterEach(() => exporter.reset());

function client(hooks: Hooks | Hooks[] = tracing({ tracerProvider }), options: object = {}): Client {
    return new Client({ apiKey, host, hooks, retry: false, rateLimit: false, ...options });
}

function onlySpan(): ReadableSpan {
    const spans = exporter.getFinishedSpans();
    expect(spans).toHaveLength(1);
    return spans[0] as ReadableSpan;
}

const connection: CallInput = { path: { connectionId: 'conn-42' }, query: { provider_config_key: 'github-of-acme' } };
const ok: RequestListener = (_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"secret":"s3cr3t"}');

test('a call is one CLIENT span with the attributes of the HTTP conventions', async () => {
    answer = ok;
    await call(client(), get, connection);
    const span = onlySpan();
    expect(span.name).toBe('GET /connections/{connectionId}');
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'nango.operation': 'getConnection',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(host).port),
        'url.scheme': 'http',
        'url.template': '/connections/{connectionId}',
    });
});

test('a span holds no id, query, body or key, even when the call fails with all of them', async () => {
    answer = (request, response) => {
        const echo = { error: { code: 'not_found', message: `${request.url} ${request.headers.authorization}` } };
        response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(echo));
    };
    await expect(call(client(), get, connection)).rejects.toThrow();
    const { name, attributes, events, status, links } = onlySpan();
    const text = JSON.stringify({ name, attributes, events, status, links });
    for (const secret of ['conn-42', 'github-of-acme', apiKey, 's3cr3t']) expect(text).not.toContain(secret);
});

test('an HTTP error marks the span with the status as error.type', async () => {
    answer = (_request, response) => response.writeHead(404).end('{"error":{"code":"not_found"}}');
    await expect(call(client(), get, connection)).rejects.toThrow();
    const span = onlySpan();
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.attributes).toMatchObject({ 'error.type': '404', 'http.response.status_code': 404 });
});

test.each([
    ['a broken connection by its code', (client: Client) => call(client, get, connection), 'ECONNRESET'],
    [
        'a time limit by its error',
        (client: Client) => call(client, get, { ...connection, options: { timeout: 30 } }),
        'NangoTimeoutError',
    ],
    [
        "the caller's signal by the reason",
        (client: Client) => call(client, get, { ...connection, options: { signal: AbortSignal.timeout(30) } }),
        'TimeoutError',
    ],
])('error.type is %s', async (_what, run, type) => {
    answer = (request) => void (type === 'ECONNRESET' && request.socket.resetAndDestroy());
    await expect(run(client())).rejects.toThrow();
    const span = onlySpan();
    expect(span.attributes['error.type']).toBe(type);
    expect(span.attributes).not.toHaveProperty('http.response.status_code');
});

test('a method that the conventions do not name is _OTHER', async () => {
    answer = ok;
    await callForResponse(client(), report, { target: '/proxy/calendar' });
    const span = onlySpan();
    expect(span.name).toBe('HTTP /proxy');
    expect(span.attributes).toMatchObject({ 'http.request.method': '_OTHER', 'http.request.method_original': 'REPORT' });
});

test('spans nest: the active span is the parent, and the call is active while it runs', async () => {
    answer = ok;
    const seen: (string | undefined)[] = [];
    const inner: Hooks = { onRequest: () => void seen.push(trace.getActiveSpan()?.spanContext().spanId) };
    await tracer.startActiveSpan('handler', async (handler) => {
        await call(client([tracing({ tracerProvider }), inner]), get, connection);
        expect(trace.getActiveSpan()).toBe(handler);
        handler.end();
    });
    const [nango, handler] = exporter.getFinishedSpans() as [ReadableSpan, ReadableSpan];
    expect(nango.parentSpanContext?.spanId).toBe(handler.spanContext().spanId);
    expect(seen).toEqual([nango.spanContext().spanId]);
});

test('a span made inside the call, as an HTTP instrumentation does, becomes its child', async () => {
    answer = ok;
    const instrumented: typeof fetch = async (input) =>
        tracer.startActiveSpan('tcp', async (span) => {
            const body = await new Promise<string>((resolve, reject) => {
                httpRequest(String(input instanceof Request ? input.url : input), (incoming) => {
                    incoming.setEncoding('utf8').once('data', resolve);
                })
                    .on('error', reject)
                    .end();
            });
            span.end();
            return new Response(body);
        });
    await call(client(undefined, { fetch: instrumented }), get, connection);
    const [tcp, nango] = exporter.getFinishedSpans() as [ReadableSpan, ReadableSpan];
    expect(tcp.parentSpanContext?.spanId).toBe(nango.spanContext().spanId);
});

test('calls that run at the same time do not mix their spans', async () => {
    answer = (request, response) => {
        const status = Number(/c(\d+)/.exec(String(request.url))?.[1]);
        setTimeout(() => response.writeHead(status).end('{}'), (status * 7) % 30);
    };
    const statuses = [200, 201, 404, 410, 400];
    const traced = client();
    await Promise.allSettled(statuses.map((status) => call(traced, get, { path: { connectionId: `c${status}` } })));
    const spans = exporter.getFinishedSpans();
    expect(spans.map((span) => span.attributes['http.response.status_code']).sort()).toEqual([...statuses].sort());
    for (const { attributes } of spans) {
        const status = attributes['http.response.status_code'] as number;
        expect(attributes['error.type']).toBe(status >= 400 ? String(status) : undefined);
    }
});

test('repeats are events, and the span counts them', async () => {
    let requests = 0;
    answer = (request, response) => {
        requests++;
        if (requests === 1) response.writeHead(503).end('{}');
        else if (requests === 2) request.socket.resetAndDestroy();
        else ok(request, response);
    };
    const attributes = { 'peer.service': 'nango' };
    await call(client(tracing({ tracerProvider, attributes }), { retry: { baseDelay: 5 } }), get, connection);
    const span = onlySpan();
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toMatchObject({
        'http.request.resend_count': 2,
        'http.response.status_code': 200,
        'peer.service': 'nango',
    });
    const wait = { 'nango.wait_ms': expect.any(Number) };
    expect(span.events.map(({ name, attributes }) => [name, attributes])).toEqual([
        ['nango.retry', { 'nango.attempt': 1, 'http.response.status_code': 503, ...wait }],
        ['nango.retry', { 'nango.attempt': 2, 'error.type': 'ECONNRESET', ...wait }],
    ]);
});

test('a wait for the rate limit is an event', async () => {
    let requests = 0;
    answer = (request, response) => {
        if (++requests > 1) return ok(request, response);
        const reset = Math.floor(Date.now() / 1000);
        const limits = {
            'x-ratelimit-limit': '200',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': reset,
            'retry-after': '0',
        };
        response.writeHead(429, { 'content-type': 'application/json', ...limits }).end('{"error":{"code":"too_many_request"}}');
    };
    await call(client(tracing({ tracerProvider }), { rateLimit: { isolated: true } }), get, connection);
    const span = onlySpan();
    expect(span.attributes).toMatchObject({ 'http.request.resend_count': 1, 'http.response.status_code': 200 });
    expect(span.events.map(({ name }) => name)).toEqual(['nango.rate_limit']);
    expect(span.events[0]?.attributes).toEqual({
        'nango.wait_ms': expect.any(Number),
        'nango.rate_limit.reason': 'rejected',
        'nango.rate_limit.limit': 200,
        'nango.rate_limit.remaining': 0,
        'nango.rate_limit.reset_at': expect.stringMatching(/Z$/),
    });
});

test('an https host has port 443', async () => {
    const https = new Client({
        apiKey,
        host: 'https://nango.example/base',
        hooks: tracing({ tracerProvider }),
        fetch: async () => new Response('{}'),
    });
    await call(https, get, connection);
    expect(onlySpan().attributes).toMatchObject({ 'server.address': 'nango.example', 'server.port': 443, 'url.scheme': 'https' });
});

test('spans are those of this package', async () => {
    answer = ok;
    await call(client(), get, connection);
    expect(onlySpan().instrumentationScope).toMatchObject({ name: '@x/core' });
});

test('a wait of which nothing is known adds nothing', async () => {
    const info = { operation: 'getConnection', method: 'GET', path: '/', origin: 'https://h' } as const;
    const hooks = tracing({ tracerProvider });
    await hooks.aroundCall?.(info, async () => {
        hooks.onRateLimit?.({
            call: info,
            wait: 5,
            reason: 'paced',
            limit: undefined,
            remaining: undefined,
            resetAt: undefined,
            waiting: 1,
        });
    });
    const { attributes } = onlySpan().events[0] as { attributes: object };
    expect(Object.keys(attributes)).toEqual(['nango.wait_ms', 'nango.rate_limit.reason']);
});

test('an event of a call that is not traced is ignored', () => {
    const info = { operation: 'getConnection', method: 'GET', path: '/', origin: 'https://h' } as const;
    const hooks = tracing({ tracerProvider });
    hooks.onRequest?.({ call: info, attempt: 2 });
    hooks.onResponse?.({ call: info, attempt: 1, status: 200, duration: 1, requestId: undefined, limit: 1, remaining: 1 });
    hooks.onRetry?.({ call: info, attempt: 1, wait: 1, cause: { status: 503 } });
    hooks.onRateLimit?.({ call: info, wait: 5, reason: 'paced', limit: 1, remaining: 1, resetAt: new Date(), waiting: 1 });
    expect(exporter.getFinishedSpans()).toEqual([]);
});
