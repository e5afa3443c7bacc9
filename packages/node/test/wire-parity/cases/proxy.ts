import { at, eachRequest, type ParityCase } from '../parity-case.js';

const key = { providerConfigKey: 'github', connectionId: 'c1' };
const answer = { body: { ok: true }, headers: { 'x-request-id': 'r1' } };
const verbs = ['get', 'post', 'put', 'patch', 'delete'];

const configs: readonly object[] = [
    { endpoint: '/user' },
    { endpoint: 'user' },
    { endpoint: '/user?a=1&b=%20' },
    { endpoint: '/user', params: { a: '1', 'b c': 'd&e' } },
    { endpoint: '/user?a=0&z=1', params: { a: '1' } },
    { endpoint: '/user', params: 'a=1&b=2' },
    { endpoint: '/user', params: '?a=1' },
    { endpoint: '/user', headers: { 'X-Custom': 'v', accept: 'text/plain' } },
    { endpoint: '/user', retries: 3, retryOn: [418, 429] },
    { endpoint: '/user', retries: 0 },
    { endpoint: '/user', baseUrlOverride: 'https://example.com' },
    { endpoint: '/user', decompress: true },
    { endpoint: '/user', decompress: false },
    { endpoint: '/user', forwardHeadersOnRedirect: true },
    { endpoint: '/user', forwardHeadersOnRedirect: false },
    { endpoint: '/user', responseType: 'json' },
    { endpoint: '/user', responseType: 'text' },
    { endpoint: '/repos/a%2Fb/c' },
    { endpoint: 'https://example.com//next?page=2' },
];

const show = JSON.stringify;

const refused = () => ({ requests: [], outcome: { refused: true as const } });
const typedTwice = (type: string) =>
    eachRequest(({ headers }) => {
        headers['content-type'] = type;
        headers['nango-proxy-content-type'] = type;
    });

export const proxyCases: readonly ParityCase[] = [
    ...configs.map((config) => ({
        name: `get(${show(config)})`,
        run: (n: any) => n.get({ ...key, ...config }),
        answer,
    })),
    ...verbs.map((verb) => ({
        name: `${verb} with JSON`,
        run: (n: any) => n[verb]({ ...key, endpoint: '/user', data: { a: [1, { b: 'ü' }] } }),
        answer,
    })),
    ...['GET', 'post', 'Put', 'PATCH', 'delete', 'PROPFIND', 'report'].map((method) => ({
        name: `proxy, method ${method}`,
        run: (n: any) => n.proxy({ ...key, endpoint: '/user', method, data: { a: 1 } }),
        answer,
    })),
    {
        name: 'proxy, method HEAD',
        run: (n: any) => n.proxy({ ...key, endpoint: '/user', method: 'HEAD' }),
        answer: { status: 204 },
        differs: {
            'proxy-methods': eachRequest((request) => {
                request.method = 'HEAD';
            }),
        },
    },
    ...['FETCH', 'OPTIONS'].map((method) => ({
        name: `proxy, method ${method}`,
        run: (n: any) => n.proxy({ ...key, endpoint: '/user', method }),
        answer,
        differs: { 'proxy-methods': refused },
    })),
    ...verbs
        .filter((verb) => verb !== 'get')
        .map((verb) => ({
            name: `${verb} without a body`,
            run: (n: any) => n[verb]({ ...key, endpoint: '/user' }),
            answer,
            ...(verb !== 'delete' && { differs: { 'proxy-no-data': true as const } }),
        })),
    ...['post', 'put', 'patch'].map((verb) => ({
        name: `${verb} with text`,
        run: (n: any) => n[verb]({ ...key, endpoint: '/user', data: 'a=1' }),
        answer,
        differs: { 'proxy-body-type': typedTwice('application/x-www-form-urlencoded') },
    })),
    {
        name: 'post with text and its type',
        run: (n) => n.post({ ...key, endpoint: '/user', data: '<a/>', headers: { 'Content-Type': 'text/xml' } }),
        answer,
    },
    {
        name: 'post with text and its type in lower case',
        run: (n) => n.post({ ...key, endpoint: '/user', data: '<a/>', headers: { 'content-type': 'text/xml' } }),
        answer,
        differs: { 'proxy-body-type': typedTwice('text/xml') },
    },
    {
        name: 'post with a form',
        run: (n) => n.post({ ...key, endpoint: '/user', data: new URLSearchParams({ a: '1 2' }) }),
        answer,
        differs: {
            'proxy-body-type': typedTwice('application/x-www-form-urlencoded'),
        },
    },
    {
        name: 'post with JSON and its type',
        run: (n) => n.post({ ...key, endpoint: '/user', data: { a: 1 }, headers: { 'Content-Type': 'application/json' } }),
        answer,
    },
    {
        name: 'get, list as parameter',
        run: (n) => n.get({ ...key, endpoint: '/user', params: { a: [1, 2] } }),
        answer,
        differs: {
            'proxy-params': at('/proxy/user', [
                ['a', '1'],
                ['a', '2'],
            ]),
        },
    },
    {
        name: 'get, undefined as parameter',
        run: (n) => n.get({ ...key, endpoint: '/user', params: { a: undefined, b: 1 } }),
        answer,
        differs: { 'proxy-params': at('/proxy/user', [['b', '1']]) },
    },
    {
        name: 'get, query twice',
        run: (n) => n.get({ ...key, endpoint: '/user?a=1', params: 'b=2' }),
        answer,
    },
    ...['/../integrations', '/a/%2e%2e/b', '/a/./b', '/a#b', '/a\\b'].map((endpoint) => ({
        name: `get, endpoint ${endpoint}`,
        run: (n: any) => n.get({ ...key, endpoint }),
        answer,
        differs: { 'proxy-climbing': true },
    })),
    { name: 'get without an endpoint', run: (n) => n.get({ ...key }), answer },
    {
        name: 'get with defaults',
        run: (n) => n.get({ endpoint: '/user', ...(n.connectionId ? {} : key) }),
        answer,
    },
    {
        name: 'get, other connection than the default',
        run: (n) => n.get({ endpoint: '/user', ...key, connectionId: 'other' }),
        answer,
    },
    ...[
        ['text', { body: 'plain' }],
        ['nothing', { body: '' }],
        ['no content', { status: 204 }],
        ['a number', { body: '5', headers: { 'content-type': 'application/json' } }],
        ['broken JSON', { body: '{"a":', headers: { 'content-type': 'application/json' } }],
        ['201', { status: 201, body: { a: 1 } }],
    ].map(([name, given]) => ({
        name: `get → ${name}`,
        run: (n: any) => n.get({ ...key, endpoint: '/user' }),
        answer: given as object,
    })),
    {
        name: 'get, bytes',
        run: async (n) =>
            Buffer.from((await n.get({ ...key, endpoint: '/file', responseType: 'arraybuffer' })).data).toString('hex'),
        answer: { body: 'bytes' },
    },
    {
        name: 'get, stream',
        run: async (n) => {
            const { data, status, headers } = await n.get({ ...key, endpoint: '/file', responseType: 'stream' });
            let text = '';
            for await (const chunk of data) text += chunk;
            return { text, status, type: headers['content-type'] };
        },
        answer: { body: 'bytes' },
    },
];
