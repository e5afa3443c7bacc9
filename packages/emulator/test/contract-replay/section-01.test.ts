import { afterAll, beforeAll } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/index.js';
import { type Row, replay } from './replay.js';

let emulator: RunningEmulator;
beforeAll(async () => {
    emulator = await startEmulator({
        port: 0,
        seed: {
            integrations: [{ provider: 'private-api-bearer', unique_key: 'key-api' }],
            connections: [
                { provider_config_key: 'key-api', connection_id: 'a/b', credentials: { type: 'API_KEY', apiKey: 'k' } },
                { provider_config_key: 'key-api', connection_id: 'c1', credentials: { type: 'API_KEY', apiKey: 'k' } },
            ],
        },
    });
});
afterAll(() => emulator.close());

const html = { 'content-type': /^text\/html/ };
const gated = [
    '/oauth/connect/x',
    '/api-auth/api-key/x',
    '/auth/tba/x',
    '/providers',
    '/environments',
    '/integrations',
    '/connection',
    '/connections',
    '/environment-variables',
    '/environment/api-keys',
    '/sync/trigger',
    '/cli',
    '/records',
    '/mcp',
    '/scripts/config',
    '/functions/compile',
    '/action/trigger',
    '/connect/sessions',
    '/v1/x',
];
const repeated = (count: number) => Array.from({ length: count }, (_, index) => `ids=${index}`).join('&');
const recordsOf = { 'Connection-Id': 'c1', 'Provider-Config-Key': 'key-api' };

const rows: Row[] = [
    {
        contract: '1',
        request: { path: '/health', key: null },
        expect: { status: 200, body: { result: 'ok' }, limited: false },
    },
    { contract: '1', request: { path: '/ready', key: null }, expect: { status: 200, limited: false } },
    {
        contract: '1',
        request: { path: '/no/such/page', key: null },
        expect: { status: 200, headers: html, limited: false },
    },
    {
        contract: '1',
        request: { method: 'HEAD', path: '/no/such/page', key: null },
        expect: { status: 200, headers: html, limited: false },
    },
    { contract: '1', request: { method: 'HEAD', path: '/connections' }, expect: { status: 200, text: /^$/ } },
    {
        contract: '1',
        name: 'an empty path segment is no id',
        request: { method: 'DELETE', path: '/integrations/' },
        expect: { status: 404, headers: html, limited: false },
    },
    {
        contract: '1.3',
        name: 'an array where an object is wanted',
        request: { method: 'POST', path: '/integrations', body: [] },
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', []]] },
    },
    {
        contract: '1',
        name: 'repeated where one is wanted',
        request: { path: '/connections/c1?provider_config_key=a&provider_config_key=b' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['provider_config_key']]] },
    },
    {
        contract: '1',
        name: 'nested where text is wanted',
        request: { path: '/connections?tags[a][b]=c' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['tags', 'a']]] },
    },
    {
        contract: '4',
        name: 'a connection id with every character of the charset',
        request: { path: `/connections/${encodeURIComponent(`a,.;:=+~[]|@$ {}"'\\/_-`)}?provider_config_key=key-api` },
        expect: { status: 404, code: 'not_found' },
    },
    { contract: '1', request: { path: '/sync/records', key: null }, expect: { status: 200, headers: html, limited: false } },
    ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map(
        (method): Row => ({
            contract: '1',
            request: { method, path: '/config', body: {} },
            expect: { status: 404, headers: html, text: `Cannot ${method} /config`, limited: false },
        }),
    ),
    {
        contract: '8',
        name: 'the singular form has no PATCH',
        request: { method: 'PATCH', path: '/connection/c1?provider_config_key=key-api', body: {} },
        expect: { status: 404, headers: html, limited: false },
    },
    { contract: '1', request: { path: '/connections/' }, expect: { status: 200, keys: ['connections'] } },
    {
        contract: '1',
        request: { path: '/records/?model=Thing', headers: recordsOf },
        expect: { status: 200, body: { records: [], next_cursor: null } },
    },
    {
        contract: '1',
        request: { path: '/connections/a%2Fb?provider_config_key=key-api' },
        expect: { status: 200, like: { connection_id: 'a/b' } },
    },
    {
        contract: '8.8',
        name: 'the deprecated form decodes the path too',
        request: { method: 'POST', path: '/connection/a%2Fb/metadata?provider_config_key=key-api', body: { a: 1 } },
        expect: { status: 201, body: { a: 1 } },
    },
    {
        contract: '1',
        name: 'qs: ids[] is an array',
        request: { path: '/records?model=Thing&ids[]=1&ids[]=2', headers: recordsOf },
        expect: { status: 200 },
    },
    {
        contract: '1',
        name: 'qs: 100 repeats are an array',
        request: { path: `/records?model=Thing&${repeated(100)}`, headers: recordsOf },
        expect: { status: 200 },
    },
    {
        contract: '1',
        name: 'qs: more than 100 repeats are none',
        request: { path: `/records?model=Thing&${repeated(101)}`, headers: recordsOf },
        expect: { status: 400, code: 'invalid_query_params' },
    },
    {
        contract: '1',
        name: 'qs: keys with . and / stay flat',
        request: { path: '/connections?tags[a.b]=1&tags[a/c]=2' },
        expect: { status: 200 },
    },
    {
        contract: '1',
        name: 'CORS on an answer',
        request: { path: '/connections', headers: { Origin: 'http://localhost:5173' } },
        expect: {
            status: 200,
            headers: {
                'access-control-allow-origin': '*',
                'access-control-expose-headers':
                    /Authorization.*Etag.*Content-Type.*Content-Length.*X-Nango-Signature.*X-RateLimit-Limit.*X-RateLimit-Remaining.*X-RateLimit-Reset/i,
            },
        },
    },
    {
        contract: '1',
        name: 'CORS on a 401',
        request: { path: '/connections', key: null, headers: { Origin: 'http://app.example' } },
        expect: { status: 401, headers: { 'access-control-allow-origin': '*' }, limited: false },
    },
    {
        contract: '1',
        name: 'preflight',
        request: {
            method: 'OPTIONS',
            path: '/connections',
            key: null,
            headers: { Origin: 'http://app.example', 'Access-Control-Request-Method': 'GET' },
        },
        expect: {
            status: 204,
            headers: {
                'access-control-allow-origin': '*',
                'access-control-max-age': '600',
                'access-control-allow-headers': /Provider-Config-Key.*Connection-Id.*Sentry-Trace.*Baggage/i,
            },
            limited: false,
        },
    },
    {
        contract: '1',
        name: 'preflight of the telemetry beacon',
        request: {
            method: 'OPTIONS',
            path: '/connect/telemetry',
            key: null,
            headers: { Origin: 'http://app.example', 'Access-Control-Request-Method': 'POST' },
        },
        expect: {
            status: 204,
            headers: {
                'access-control-allow-origin': /^http:\/\//,
                'access-control-allow-credentials': 'true',
                'access-control-allow-methods': /^POST$/,
                'access-control-max-age': '36000',
            },
            limited: false,
        },
    },
    {
        contract: '1',
        name: 'security headers',
        request: { path: '/connections' },
        expect: {
            status: 200,
            headers: {
                'x-content-type-options': 'nosniff',
                'x-frame-options': 'SAMEORIGIN',
                'strict-transport-security': /max-age=5184000/,
                'referrer-policy': 'strict-origin',
                'content-type': 'application/json; charset=utf-8',
            },
        },
    },
    {
        contract: '1',
        name: 'more than 75 MB',
        request: {
            method: 'POST',
            path: '/connections',
            headers: { 'content-length': String(76 * 1024 * 1024), connection: 'close' },
        },
        expect: { status: 500, code: 'generic_error_support', message: true, limited: false },
        after: ({ body }) => {
            if (typeof body.error.payload !== 'string') throw new Error('payload is no support id');
        },
    },
    ...gated.flatMap((path): Row[] =>
        ['POST', 'GET'].map((method) => ({
            contract: '1.1',
            name: `${method} ${path} as text, without a key`,
            request: { method, path, key: null, headers: { 'Content-Type': 'text/plain' } },
            expect: { status: 415, code: 'invalid_content_type', limited: false },
        })),
    ),
    {
        contract: '1.1',
        name: 'a form is refused too',
        request: { method: 'POST', path: '/connections', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
        expect: { status: 415, code: 'invalid_content_type', limited: false },
    },
    {
        contract: '1.1',
        name: 'a charset is fine',
        request: { path: '/connections', headers: { 'Content-Type': 'application/json; charset=utf-8' } },
        expect: { status: 200 },
    },
    {
        contract: '1.1',
        name: 'not gated: /config',
        request: { path: '/config/key-api', headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 200 },
    },
    {
        contract: '1.1',
        name: 'not gated: /oauth2/auth',
        request: { method: 'POST', path: '/oauth2/auth/key-api', key: null, headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 401, code: 'missing_public_key', limited: false },
    },
    {
        contract: '1.1',
        name: 'not gated: /auth/oauth-outbound',
        request: { method: 'POST', path: '/auth/oauth-outbound/key-api', key: null, headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 401, code: 'missing_public_key', limited: false },
    },
    {
        contract: '1.1',
        name: 'not gated: /oauth/callback',
        request: { path: '/oauth/callback', key: null, headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 400, headers: html, limited: false },
    },
    {
        contract: '1.1',
        name: 'not gated: /webhook',
        request: { method: 'POST', path: '/webhook/x/y', key: null, headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 400, code: 'invalid_uri_params' },
    },
    {
        contract: '1.1',
        name: 'not gated: /proxy',
        request: { method: 'POST', path: '/proxy/x', key: null, headers: { 'Content-Type': 'text/plain' } },
        expect: { status: 401, code: 'missing_auth_header', limited: false },
    },
    ...['{"a":', 'nothing', '1', '"text"', 'null', 'true'].map(
        (body): Row => ({
            contract: '1.2',
            name: `the body ${body}, without a key`,
            request: { method: 'POST', path: '/connections', key: null, body },
            expect: { status: 400, code: 'invalid_json', message: true, limited: false },
        }),
    ),
    {
        contract: '1.2',
        name: 'malformed JSON on a GET',
        request: { path: '/connections', key: null, body: '{"a":' },
        expect: { status: 400, code: 'invalid_json', limited: false },
    },
    {
        contract: '1.2',
        name: 'malformed JSON on the proxy',
        request: { method: 'POST', path: '/proxy/x', key: null, body: '{"a":' },
        expect: { status: 400, code: 'invalid_json', limited: false },
    },
    {
        contract: '1.2',
        name: 'malformed JSON from a provider',
        request: { method: 'POST', path: '/webhook/x/y', key: null, body: '{"a":' },
        expect: { status: 400, code: 'invalid_json', limited: false },
    },
    {
        contract: '1.2',
        name: 'the key before the scope before validation',
        request: { method: 'POST', path: '/connections', key: null, body: {} },
        expect: { status: 401, code: 'missing_auth_header', limited: false },
    },
    ...[
        '/integrations',
        '/providers/github',
        '/providers/github/templates',
        '/environment-variables',
        '/integrations/key-api?include=webhook',
        '/connections',
    ].map(
        (path): Row => ({
            contract: '1.3',
            name: `an undeclared query key on ${path}`,
            request: { path: `${path}${path.includes('?') ? '&' : '?'}nope=1` },
            expect: { status: 400, code: 'invalid_query_params', issues: [['unrecognized_keys', []]] },
        }),
    ),
    ...(
        [
            ['POST', '/integrations', {}],
            ['PATCH', '/integrations/key-api', {}],
            ['DELETE', '/integrations/key-api', undefined],
            ['POST', '/integrations/quickstart', {}],
            ['POST', '/connections', {}],
            ['POST', '/connections/metadata', {}],
            ['PATCH', '/records/prune', {}],
            ['POST', '/sync/trigger', {}],
            ['PUT', '/sync/update-connection-frequency', {}],
            ['POST', '/connect/sessions', {}],
            ['POST', '/connect/sessions/reconnect', {}],
        ] as const
    ).map(
        ([method, path, body]): Row => ({
            contract: '1.3',
            name: `${method} ${path} with an undeclared query key: the query comes first`,
            request: { method, path: `${path}?nope=1`, body },
            expect: { status: 400, code: 'invalid_query_params', issues: [['unrecognized_keys', []]] },
        }),
    ),
    ...(
        [
            ['POST', '/sync/x/variant/y'],
            ['DELETE', '/sync/x/variant/y'],
        ] as const
    ).map(
        ([method, path]): Row => ({
            contract: '11.5',
            name: `${method} of a variant checks the body before the query`,
            request: { method, path: `${path}?nope=1`, body: {} },
            expect: { status: 400, code: 'invalid_body' },
        }),
    ),
    {
        contract: '13.1',
        name: 'an action checks the headers before the query',
        request: { method: 'POST', path: '/action/trigger?nope=1', body: {} },
        expect: { status: 400, code: 'invalid_headers' },
    },
    {
        contract: '13.1',
        name: 'then the query, then the body',
        request: { method: 'POST', path: '/action/trigger?nope=1', body: {}, headers: recordsOf },
        expect: { status: 400, code: 'invalid_query_params', issues: [['unrecognized_keys', []]] },
    },
    {
        contract: '13.2',
        name: 'the result of an action takes any query',
        request: { path: '/action/99999999-9999-4999-8999-999999999999?nope=1' },
        expect: { status: 404, code: 'not_found' },
    },
    {
        contract: '10.2',
        name: 'prune checks the body before the headers',
        request: { method: 'PATCH', path: '/records/prune', body: {} },
        expect: { status: 400, code: 'invalid_body' },
    },
    {
        contract: '1.2',
        name: 'delete connection checks the params before the query',
        request: { method: 'DELETE', path: '/connections/a%3Fb' },
        expect: { status: 400, code: 'invalid_uri_params', issues: [['invalid_format', ['connectionId']]] },
    },
    {
        contract: '1.2',
        name: 'get connection checks the query before the params',
        request: { path: '/connections/a%3Fb' },
        expect: { status: 400, code: 'invalid_query_params', issues: [['invalid_type', ['provider_config_key']]] },
    },
    {
        contract: '1.3',
        name: 'all issues of the group are listed, and no message',
        request: { method: 'POST', path: '/integrations', body: { nope: 1 } },
        expect: {
            status: 400,
            code: 'invalid_body',
            issues: [
                ['invalid_type', ['provider']],
                ['invalid_type', ['unique_key']],
                ['unrecognized_keys', []],
            ],
        },
    },
    {
        contract: '1.3',
        name: 'no body at all',
        request: { method: 'POST', path: '/integrations' },
        expect: { status: 400, code: 'invalid_body', issues: [['invalid_type', []]] },
    },
];

replay(() => emulator, rows);
