import {
    AggregationTemporality,
    InMemoryMetricExporter,
    MeterProvider,
    PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { eventually } from '../../test/support/eventually.js';
import { call } from '../client/call.js';
import { Client } from '../client/client.js';
import { operation } from '../types/operation.js';
import { metrics } from './index.js';

const get = operation({ name: 'getConnection', method: 'GET', path: '/connections/{connectionId}', idempotent: true });
const input = { path: { connectionId: 'secret-id' } };

function bench(answer: (attempt: number) => Response | Error, options: object = {}) {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 });
    const meterProvider = new MeterProvider({ readers: [reader] });
    let attempts = 0;
    const nango = new Client({
        apiKey: 'key-key-key',
        hooks: metrics({ meterProvider, attributes: { region: 'eu' } }),
        rateLimit: { isolated: true },
        retry: { limit: 1, baseDelay: 0 },
        fetch: async () => {
            const made = answer(++attempts);
            if (made instanceof Error) throw made;
            return made;
        },
        ...options,
    });
    /** Points by metric: their attributes, and the value or the number of values. */
    const read = async () => {
        await reader.forceFlush();
        const found: Record<string, { attributes: Record<string, unknown>; value: number }[]> = {};
        for (const { descriptor, dataPoints } of exporter
            .getMetrics()
            .at(-1)
            ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [])
            found[descriptor.name] = dataPoints.map(({ attributes, value }) => ({
                attributes,
                value: typeof value === 'number' ? value : value.count,
            }));
        return found;
    };
    return { nango, read };
}

const limits = (remaining: number) => ({
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 40),
});

test('a call that is repeated: two requests, one repeat, one call, what remains', async () => {
    const { nango, read } = bench((attempt) =>
        Response.json({}, { status: attempt === 1 ? 503 : 200, headers: limits(9 - attempt) }),
    );
    await call(nango, get, input);
    const found = await read();
    const base = {
        region: 'eu',
        'http.request.method': 'GET',
        'server.address': 'api.nango.dev',
        'server.port': 443,
        'url.scheme': 'https',
        'url.template': '/connections/{connectionId}',
        'nango.operation': 'getConnection',
    };
    expect(found['http.client.request.duration']).toEqual([
        { attributes: { ...base, 'http.response.status_code': 503, 'error.type': '503' }, value: 1 },
        { attributes: { ...base, 'http.response.status_code': 200 }, value: 1 },
    ]);
    expect(found['nango.call.repeats']).toEqual([{ attributes: { ...base, 'error.type': '503' }, value: 1 }]);
    expect(found['nango.call.duration']).toEqual([{ attributes: base, value: 1 }]);
    const server = { region: 'eu', 'server.address': 'api.nango.dev', 'server.port': 443 };
    expect(found['nango.rate_limit.remaining']).toEqual([{ attributes: server, value: 7 }]);
    expect(found['nango.rate_limit.limit']).toEqual([{ attributes: server, value: 10 }]);
    expect(JSON.stringify(found)).not.toContain('secret-id');
});

test('a connection that fails is a request with the code of its failure, and a call with it', async () => {
    const failure = Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    });
    const { nango, read } = bench(() => failure);
    await expect(call(nango, get, input)).rejects.toThrow();
    const found = await read();
    expect(found['http.client.request.duration']?.map(({ attributes, value }) => [attributes['error.type'], value])).toEqual([
        ['ECONNRESET', 2],
    ]);
    expect(found['nango.call.duration']?.[0]?.attributes['error.type']).toBe('ECONNRESET');
});

test('calls that wait stand in the queue until they are sent or given up', async () => {
    const { nango, read } = bench(() => Response.json({}, { headers: limits(0) }));
    await call(nango, get, input);
    const stop = new AbortController();
    const waiting = [1, 2, 3].map(() => call(nango, get, { ...input, options: { signal: stop.signal } }).catch(() => 'stopped'));
    await eventually(async () => expect((await read())['nango.rate_limit.queue']?.[0]?.value).toBe(3));
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(['stopped', 'stopped', 'stopped']);
    const found = await read();
    expect(found['nango.rate_limit.queue']?.[0]?.value).toBe(0);
    expect(found['nango.rate_limit.wait']).toEqual([
        { attributes: expect.objectContaining({ 'nango.rate_limit.reason': 'paced' }), value: 3 },
    ]);
    expect(found['http.client.request.duration']?.[0]?.value).toBe(1);
});
