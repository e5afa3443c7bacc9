import { inspect } from 'node:util';
import { NangoInputError, NangoProviderError } from '@x/core';
import { describe, expect, test } from 'vitest';
import { apiKey, fail } from '../../core/test/support/loopback.js';
import { ProxyCalls, type ProxyRequest } from '../src/index.js';
import { start, through, transports } from './support.js';

const ours =
    /^(?:connection-id|provider-config-key|base-url-override|retries|retry-on|decompress|forward-.*|nango-.*|content-type)$/;
const kept = (headers: object | undefined) =>
    Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => ours.test(name)));

test('headers that are no plain object are refused, not lost', async () => {
    const nango = new ProxyCalls({ apiKey, host: 'http://127.0.0.1:1' });
    const headers = new Headers({ 'x-custom': 'a' }) as never;
    await expect(nango.get({ ...through, endpoint: '/a', headers })).rejects.toThrow(NangoInputError);
});

describe.each(transports)('over %s', (_name, options) => {
    test('a plain request says whose connection it is, and nothing else', async () => {
        const { nango, requests } = await start(undefined, options);
        await nango.get({
            ...through,
            endpoint: '/a',
            retries: 0,
            retryOn: [],
            baseUrlOverride: '',
            decompress: false,
            forwardHeadersOnRedirect: false,
        });
        expect(kept(requests[0]?.headers)).toEqual({ 'connection-id': 'user-1', 'provider-config-key': 'github' });
    });

    test('every option becomes its header; headers for the provider get their prefix', async () => {
        const { nango, requests } = await start(undefined, { ...options, activityLogId: 'log-1', isSync: true });
        const config: ProxyRequest = Object.freeze({
            ...through,
            endpoint: '/a',
            retries: 3,
            retryOn: [404, 409],
            baseUrlOverride: 'https://other.example.com/v2',
            decompress: true,
            forwardHeadersOnRedirect: true,
            headers: Object.freeze({ 'X-Custom': 'a b', Authorization: 'Bearer own', 'X-Number': 5, 'X-None': undefined }),
        });
        await nango.get(config);
        expect(kept(requests[0]?.headers)).toEqual({
            'connection-id': 'user-1',
            'provider-config-key': 'github',
            retries: '3',
            'retry-on': '404,409',
            'base-url-override': 'https://other.example.com/v2',
            decompress: 'true',
            'forward-headers-on-redirect': 'true',
            'nango-proxy-x-custom': 'a b',
            'nango-proxy-authorization': 'Bearer own',
            'nango-proxy-x-number': '5',
            'nango-activity-log-id': 'log-1',
            'nango-is-sync': 'true',
        });
        expect(requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    });

    test.each(['OPTIONS', 'options'] as const)('%s is refused: the server answers it itself', async (method) => {
        const { nango, requests } = await start(undefined, options);
        const refused = nango.proxy({ ...through, endpoint: '/a', method });
        await expect(refused).rejects.toThrow('Nango answers every OPTIONS request itself');
        await expect(refused).rejects.toMatchObject({ name: 'NangoInputError', parameter: 'method' });
        expect(requests).toEqual([]);
    });

    test('every method is sent as such, in any case', async () => {
        const { nango, requests } = await start(undefined, options);
        const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'REPORT', 'get', 'propfind'] as const;
        for (const method of methods) await nango.proxy({ ...through, endpoint: '/a', method });
        await nango.proxy({ ...through, endpoint: '/a' });
        for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const)
            await nango[verb]({ ...through, endpoint: '/a', method: 'HEAD' });
        expect(requests.map(({ method }) => method)).toEqual([
            ...methods.map((method) => method.toUpperCase()),
            'GET',
            'GET',
            'POST',
            'PUT',
            'PATCH',
            'DELETE',
        ]);
    });
});

test("the client's own connection is the default, and a config wins over it", async () => {
    const { nango, requests } = await start(undefined, { connectionId: 'mine', providerConfigKey: 'crm' });
    await nango.get({ endpoint: '/a' });
    nango.connectionId = 'later';
    await nango.get({ endpoint: '/a', providerConfigKey: 'github' });
    expect(requests.map(({ headers }) => [headers['connection-id'], headers['provider-config-key']])).toEqual([
        ['mine', 'crm'],
        ['later', 'github'],
    ]);
});

test.each<[string, unknown]>([
    ['no config', undefined],
    ['a config that is text', '/a'],
    ['no endpoint', { ...through }],
    ['no integration', { endpoint: '/a', connectionId: 'c' }],
    ['an empty connection id', { endpoint: '/a', providerConfigKey: 'p', connectionId: '' }],
    ['an unknown method', { ...through, endpoint: '/a', method: 'BREW' }],
    ['a method that is none', { ...through, endpoint: '/a', method: 5 }],
    ['an unknown response type', { ...through, endpoint: '/a', responseType: 'xml' }],
    ['retries that are no number', { ...through, endpoint: '/a', retries: 'many' }],
    ['negative retries', { ...through, endpoint: '/a', retries: -1 }],
    ['a status that is none', { ...through, endpoint: '/a', retryOn: ['4xx'] }],
    ['a header with a line break', { ...through, endpoint: '/a', headers: { 'X-A': 'b\r\nAuthorization: c' } }],
    ['a header that is an object', { ...through, endpoint: '/a', headers: { 'X-A': {} } }],
    ['a header name with a space', { ...through, endpoint: '/a', headers: { 'X A': 'b' } }],
    ['a base URL with a line break', { ...through, endpoint: '/a', baseUrlOverride: 'https://a\r\nb' }],
    ['a time limit that is none', { ...through, endpoint: '/a', timeout: -1 }],
])('rejects, and does not throw, on %s', async (_what, config) => {
    const nango = new ProxyCalls({ apiKey, host: 'http://127.0.0.1:1' });
    await expect(nango.proxy(config as never)).rejects.toThrow(NangoInputError);
});

test("call options may stand in the config, where headers are the provider's, or beside it, where they are for Nango", async () => {
    const { nango, requests } = await start((request) => (request.url === '/proxy/slow' ? new Promise(() => undefined) : {}));
    await nango.get({ ...through, endpoint: '/a', headers: { 'X-A': '1' } }, { headers: { 'X-B': '2' } });
    expect(requests[0]?.headers).toMatchObject({ 'nango-proxy-x-a': '1', 'x-b': '2' });
    expect(requests[0]?.headers['x-a']).toBeUndefined();
    await expect(nango.get({ ...through, endpoint: '/slow', timeout: 20, retry: false })).rejects.toMatchObject({ timeout: 20 });
    await expect(nango.get({ ...through, endpoint: '/slow', totalTimeout: 30 })).rejects.toMatchObject({
        timeout: 30,
        scope: 'total',
    });
    const reason = new Error('enough');
    await expect(nango.get({ ...through, endpoint: '/slow', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([
    [undefined, 300_000],
    [1, 303_000],
    [2, 309_000],
    [8, 300_000 + 765_000],
    [9, 300_000 + 765_000 + 600_000],
])('the default time limit leaves room for the waits of %s server-side retries', async (retries, expected) => {
    const timers: number[] = [];
    const { setTimeout } = globalThis;
    globalThis.setTimeout = ((run: () => void, ms: number) => {
        timers.push(ms);
        return setTimeout(run, ms);
    }) as never;
    try {
        const { nango } = await start();
        await nango.get({ ...through, endpoint: '/a', retries });
    } finally {
        globalThis.setTimeout = setTimeout;
    }
    expect(timers).toContain(expected);
});

test("no error shows the provider's credentials, however the provider repeats them", async () => {
    const { nango } = await start(({ headers }, response) =>
        fail(response, 403, 'nope', {
            message: `your ${headers['nango-proxy-authorization']} is bad`,
            payload: headers,
            x: ['tok-abcdefgh', 'raw-secret-1'],
        }),
    );
    const headers = { Authorization: 'Token tok-abcdefgh', 'X-Api-Thing': 'raw-secret-1', Accept: 'text/plain' };
    const error = await nango.post({ ...through, endpoint: '/a', headers, data: { a: 1 } }).catch((error) => error);
    expect(error).toBeInstanceOf(NangoProviderError);
    const shown = [
        inspect(error, { depth: 9, showHidden: true }),
        String(error),
        error.stack,
        JSON.stringify(error),
        JSON.stringify(error.response),
    ].join();
    for (const secret of ['tok-abcdefgh', 'raw-secret-1', apiKey]) expect(shown).not.toContain(secret);
    expect(shown).toContain('text/plain');
});
