import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay } from './replay.js';

let emulator: RunningEmulator;
let upstream: Server;
let origin: string;
let last: { method: string; url: string; headers: IncomingMessage['headers']; body: string };
let tries = 0;

/** A provider: `/status/<n>`, `/chunked`, `/file`, `/reset`; anything else is 200. */
beforeAll(async () => {
    upstream = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
            body += chunk;
        });
        request.on('end', () => {
            const { method = '', url = '', headers } = request;
            last = { method, url, headers, body };
            tries++;
            if (url.startsWith('/reset')) return request.socket.destroy();
            const status = Number(/^\/status\/(\d+)/.exec(url)?.[1] ?? 200);
            const text = status === 204 ? '' : '{"up":1}';
            response.statusCode = status;
            response.setHeader('Content-Type', 'application/json');
            response.setHeader('X-Request-Id', 'r1');
            response.setHeader('X-Correlation-Id', 'k1');
            response.setHeader('Mcp-Session-Id', 'm1');
            response.setHeader('X-Own', 'own');
            if (status === 429) response.setHeader('Retry-After', '7');
            if (url.startsWith('/file')) response.setHeader('Content-Disposition', 'attachment; filename=x');
            if (url.startsWith('/chunked')) {
                response.statusCode = 201;
                response.write('{"up"');
                return response.end(':1}');
            }
            if (status !== 204) response.setHeader('Content-Length', String(text.length));
            response.end(text);
        });
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    emulator = await startEmulator({
        port: 0,
        upstreams: [origin],
        seed: {
            integrations: [
                { provider: 'private-api-bearer', unique_key: 'key-api' },
                { provider: 'private-api-basic', unique_key: 'basic' },
                {
                    provider: 'github',
                    unique_key: 'github',
                    credentials: { type: 'OAUTH2', client_id: 'ci', client_secret: 'cs' },
                },
            ],
            connections: [
                { provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'the-key' } },
                {
                    provider_config_key: 'basic',
                    connection_id: 'b1',
                    credentials: { type: 'BASIC', username: 'u', password: 'p' },
                },
                {
                    provider_config_key: 'github',
                    connection_id: 'octo',
                    credentials: { type: 'OAUTH2', access_token: 'a', refresh_token: 'r', expires_at: '2020-01-01T00:00:00Z' },
                },
            ],
        },
    });
});
afterAll(async () => {
    upstream.close();
    await emulator.close();
});

const sent = (path: string, more: Record<string, string> = {}, rest: object = {}) => ({
    path: `/proxy${path}`,
    headers: () => ({ 'Connection-Id': 'c1', 'Provider-Config-Key': 'key-api', 'Base-Url-Override': origin, ...more }),
    ...rest,
});
const badHeader = (name: string, value: string, code: string): Row => ({
    contract: '14.1',
    name: `${name}: ${value}`,
    request: sent('/x', { [name]: value }),
    expect: { status: 400, code: 'invalid_headers', issues: [[code, [name.toLowerCase()]]] },
});
const own = { 'x-request-id': 'r1', 'x-correlation-id': 'k1', 'mcp-session-id': 'm1', 'content-type': 'application/json' };

const rows: Row[] = [
    {
        contract: '14.3',
        name: 'a buffered success keeps four headers',
        request: sent('/a%2Fb/c?x=1&x=2&y=%20'),
        expect: { status: 200, body: { up: 1 }, headers: { ...own, 'x-own': null } },
        after: () => {
            expect(last.url).toBe('/a%2Fb/c?x=1&x=2&y=%20');
            expect(last.headers.authorization).toBe('Bearer the-key');
            expect(last.headers).not.toHaveProperty('provider-config-key');
        },
    },
    { contract: '14.3', name: '201 arrives as 200', request: sent('/status/201'), expect: { status: 200 } },
    { contract: '14.3', name: '204 stays', request: sent('/status/204'), expect: { status: 204, text: /^$/ } },
    {
        contract: '14.3',
        name: 'a chunked answer keeps status and headers',
        request: sent('/chunked'),
        expect: { status: 201, body: { up: 1 }, headers: { ...own, 'x-own': 'own' } },
    },
    {
        contract: '14.3',
        name: 'so does a file',
        request: sent('/file'),
        expect: { status: 200, headers: { 'x-own': 'own', 'content-disposition': /attachment/ } },
    },
    ...[400, 404, 422, 503].map(
        (status): Row => ({
            contract: '14.3',
            name: `${status} keeps status, headers, body`,
            request: sent(`/status/${status}`),
            expect: { status, body: { up: 1 }, headers: { ...own, 'x-own': 'own' } },
        }),
    ),
    {
        contract: '3',
        name: 'a proxied 429',
        request: sent('/status/429'),
        expect: { status: 429, body: { up: 1 }, headers: { 'retry-after': '7' } },
    },
    {
        contract: '14.3',
        name: 'a network failure',
        request: sent('/reset'),
        expect: { status: 500, body: { message: expect.any(String), code: 'ECONNRESET', method: 'get' } },
    },
    {
        contract: '14.1',
        name: 'only Nango-Proxy-* goes on, and wins',
        request: sent('/x', { 'Nango-Proxy-Authorization': 'mine', 'nango-proxy-X-Extra': 'e', 'X-Other': 'o' }),
        expect: { status: 200 },
        after: () => {
            expect(last.headers).toMatchObject({ authorization: 'mine', 'x-extra': 'e' });
            expect(last.headers).not.toHaveProperty('x-other');
        },
    },
    {
        contract: '14.2',
        name: 'a JSON body',
        request: sent('/x', {}, { method: 'POST', body: { a: 1 } }),
        expect: { status: 200 },
        after: () => expect([last.headers['content-type'], last.body]).toEqual(['application/json', '{"a":1}']),
    },
    {
        contract: '14.1',
        name: 'text without Nango-Proxy-Content-Type',
        request: sent('/x', { 'Content-Type': 'text/plain', 'Content-Length': '2' }, { method: 'PUT', body: 'hi' }),
        expect: { status: 200 },
        after: () => expect([last.headers['content-type'], last.body]).toEqual(['application/x-www-form-urlencoded', 'hi']),
    },
    {
        contract: '14.1',
        name: 'text with both',
        request: sent(
            '/x',
            { 'Content-Type': 'text/plain', 'Nango-Proxy-Content-Type': 'text/plain', 'Content-Length': '2' },
            { method: 'PATCH', body: 'hi' },
        ),
        expect: { status: 200 },
        after: () => expect([last.headers['content-type'], last.body]).toEqual(['text/plain', 'hi']),
    },
    {
        contract: '14.2',
        name: 'an empty POST',
        request: sent('/x', {}, { method: 'POST' }),
        expect: { status: 200 },
        after: () => expect(last.headers['content-type']).toBe('application/x-www-form-urlencoded'),
    },
    {
        contract: '14.2',
        name: 'BASIC',
        request: sent('/x', { 'Connection-Id': 'b1', 'Provider-Config-Key': 'basic' }),
        expect: { status: 200 },
        after: () => expect(last.headers.authorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`),
    },
    {
        contract: '14.5',
        name: 'no retry unless asked',
        before: () => {
            tries = 0;
        },
        request: sent('/status/500'),
        expect: { status: 500, body: { up: 1 } },
        after: () => expect(tries).toBe(1),
    },
    {
        contract: '14.1',
        name: 'no headers: the key first',
        request: { path: '/proxy/x' },
        expect: {
            status: 400,
            code: 'invalid_headers',
            issues: [
                ['invalid_type', ['provider-config-key']],
                ['invalid_type', ['connection-id']],
            ],
        },
    },
    badHeader('Base-Url-Override', 'nope', 'invalid_union'),
    badHeader('Retries', 'many', 'invalid_type'),
    badHeader('Retry-On', '5xx', 'invalid_format'),
    badHeader('Retry-On', '500, 503', 'invalid_format'),
    { contract: '14.1', name: 'retries are any number', request: sent('/x', { Retries: '-1' }), expect: { status: 200 } },
    badHeader('Decompress', 'yes', 'invalid_value'),
    badHeader('Forward-Headers-On-Redirect', '1', 'invalid_value'),
    badHeader('Nango-Is-Sync', 'TRUE', 'invalid_value'),
    badHeader('Nango-Is-Dry-Run', '', 'invalid_value'),
    badHeader('Nango-Activity-Log-Id', 'a'.repeat(256), 'too_big'),
    { contract: '14.1', name: 'an empty log id', request: sent('/x', { 'Nango-Activity-Log-Id': '' }), expect: { status: 200 } },
    {
        contract: '14.4',
        name: 'unknown integration',
        request: sent('/x', { 'Provider-Config-Key': 'nope' }),
        expect: { status: 404, code: 'unknown_provider_config' },
    },
    {
        contract: '14.4',
        name: 'unknown connection',
        request: sent('/x', { 'Connection-Id': 'nobody' }),
        expect: { status: 400, code: 'server_error' },
    },
    ...['http://127.0.0.1:9', 'http://localhost:9', 'http://169.254.169.254', 'http://[::1]:9', 'http://10.0.0.1'].map(
        (target): Row => ({
            contract: '14.6',
            name: `to ${target}`,
            request: sent('/x', { 'Base-Url-Override': target }),
            expect: { status: 400, code: 'base_url_override_not_allowed' },
        }),
    ),
    {
        contract: '14.4',
        name: 'a denied override, before anything is looked up',
        request: sent('/x', { 'Base-Url-Override': 'http://127.0.0.1:9', 'Provider-Config-Key': 'nope' }),
        expect: { status: 400, code: 'base_url_override_not_allowed' },
    },
    {
        contract: '14.4',
        name: 'an empty override, and no base URL',
        request: sent('/x', { 'Base-Url-Override': '' }),
        expect: { status: 400 },
        after: ({ body }) => expect(['missing_api_url', 'base_url_override_not_allowed']).toContain(body.error.code),
    },
    {
        contract: '14.4',
        name: 'a refresh that fails',
        before: () => emulator.control.failRefresh({ providerConfigKey: 'github', connectionId: 'octo' }),
        request: sent('/x', { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' }),
        expect: { status: 400, code: 'server_error' },
    },
    {
        contract: '14.4',
        name: 'then back-off',
        request: sent('/x', { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' }),
        expect: { status: 424, code: 'connection_refresh_backoff' },
    },
    {
        contract: '14.4',
        name: 'given up: no code of its own',
        before: () => {
            const octo = emulator.context.store.environment.connections.get('github', 'octo');
            if (octo) octo.refresh.exhausted = true;
        },
        request: sent('/x', { 'Connection-Id': 'octo', 'Provider-Config-Key': 'github' }),
        expect: { status: 424, code: 'server_error' },
    },
];

replay(() => emulator, rows);
