import { NangoInputError } from '@x/core';
import { describe, expect, test } from 'vitest';
import { apiKey } from '../../core/test/support/loopback.js';
import { fc } from '../../core/test/support/properties.js';
import { ProxyCalls, type ProxyRequest } from '../src/index.js';
import { start, through, transports } from './support.js';

const nested =
    '/proxy/a?filter%5Bname%5D=a%20b&filter%5Btags%5D=x&filter%5Btags%5D=y&filter%5Bat%5D=1970-01-01T00%3A00%3A00.000Z';

describe.each(transports)('over %s', (_name, options) => {
    test.each<[string, ProxyRequest['params'], string]>([
        ['/user/repos', undefined, '/proxy/user/repos'],
        ['user', undefined, '/proxy/user'],
        ['/', undefined, '/proxy/'],
        ['//a//b', undefined, '/proxy//a//b'],
        ['/a%20b/c%2Fd', undefined, '/proxy/a%20b/c%2Fd'],
        ['/a b/é/100%', undefined, '/proxy/a%20b/%C3%A9/100%25'],
        ['/files/...', undefined, '/proxy/files/...'],
        ['/users/DOMAIN%5Cada', undefined, '/proxy/users/DOMAIN%5Cada'],
        ['/a?x=1&x=2&y=a+b', undefined, '/proxy/a?x=1&x=2&y=a+b'],
        ['/a?next=../up/./x', undefined, '/proxy/a?next=../up/./x'],
        ['https://api.example.com/a//b?page=2', undefined, '/proxy/https://api.example.com/a//b?page=2'],
        ['/a', 'x=1&y=a b', '/proxy/a?x=1&y=a%20b'],
        ['/a', '?x=1', '/proxy/a?x=1'],
        ['/a', '', '/proxy/a'],
        [
            '/a',
            { x: 1, list: ['a', 'b,c'], yes: true, none: undefined, nil: null, 'k k': 'v&v' },
            '/proxy/a?x=1&list=a&list=b%2Cc&yes=true&k%20k=v%26v',
        ],
        ['/a', new URLSearchParams('x=1&y=a+b&x=2'), '/proxy/a?x=1&x=2&y=a%20b'],
        ['/a?x=1&y=2', new URLSearchParams({ x: '9' }), '/proxy/a?y=2&x=9'],
        ['/a', { since: new Date(0) }, '/proxy/a?since=1970-01-01T00%3A00%3A00.000Z'],
        ['/a', { filter: { name: 'a b', tags: ['x', 'y'], at: new Date(0), none: null } }, nested],
        ['/a', { sort: [{ by: 'name' }, 'age'], empty: [], nothing: {} }, '/proxy/a?sort%5B0%5D%5Bby%5D=name&sort=age'],
        ['/a?x=1&k=2&x=3', { x: 9 }, '/proxy/a?k=2&x=9'],
        ['/a?per+page=1', { 'per page': 2 }, '/proxy/a?per%20page=2'],
        ['/a?x=1', {}, '/proxy/a?x=1'],
        ['/a', {}, '/proxy/a'],
    ])('%s with %j goes out as it should', async (endpoint, params, expected) => {
        const { nango, requests } = await start(undefined, options);
        await nango.get({ ...through, endpoint, params });
        expect(requests[0]?.url).toBe(expected);
    });

    test('a bigint is its digits', async () => {
        const { nango, requests } = await start(undefined, options);
        await nango.get({ ...through, endpoint: '/a', params: { id: 12345678901234567890n } });
        expect(requests[0]?.url).toBe('/proxy/a?id=12345678901234567890');
    });

    test('an empty endpoint is the base URL itself, where the call names one', async () => {
        const { nango, requests } = await start(undefined, options);
        const baseUrlOverride = 'https://files.example.com/signed?key=1';
        await nango.get({ ...through, endpoint: '', baseUrlOverride });
        await nango.get({ ...through, endpoint: '?page=2', baseUrlOverride });
        expect(requests.map(({ url }) => url)).toEqual(['/proxy/', '/proxy/?page=2']);
        expect(requests[0]?.headers['base-url-override']).toBe(baseUrlOverride);
        await expect(nango.get({ ...through, endpoint: '' })).rejects.toThrow('only with `baseUrlOverride` may it be empty');
        await expect(nango.get({ ...through, endpoint: undefined as never, baseUrlOverride })).rejects.toThrow(NangoInputError);
    });

    test("a host's own path comes first", async () => {
        const { nango, requests } = await start(undefined, options);
        nango.serverUrl = `${nango.serverUrl}/nango/api/`;
        await nango.get({ ...through, endpoint: '/a' });
        expect(requests[0]?.url).toBe('/nango/api/proxy/a');
        await expect(nango.get({ ...through, endpoint: '/../connections' })).rejects.toThrow(NangoInputError);
    });
});

test.each([
    '/../connections',
    '..',
    '/a/../../connections',
    '/a/..',
    '/./a',
    '/%2e%2e/connections',
    '/%2E./connections',
    '/a/%252e%252e/b',
    '/a%2f..%2f..%2fb',
    '/a%5c..%5cb',
    '/..%2fconnections',
    '/\\..\\connections',
    '\\\\elsewhere.invalid',
    'https://api.example.com/../../connections',
    'https:/../connections',
    '/a\tb',
    '/.\t./connections',
    '/a\r\nx: y',
    '/a\0',
    '/a#b',
    '/a\ud800',
    '',
])('refuses %j before anything is sent', async (endpoint) => {
    const nango = new ProxyCalls({ apiKey, host: 'http://127.0.0.1:1' });
    const refused = nango.delete({ ...through, endpoint });
    await expect(refused).rejects.toThrow(NangoInputError);
    await expect(refused).rejects.toMatchObject({ parameter: 'endpoint', operation: 'proxy' });
});

const cycle: Record<string, never> = {};
Object.assign(cycle, { itself: cycle });

test.each<[string, ProxyRequest['params']]>([
    ['/a?x=1', 'y=2'],
    ['/a', 'x=1#y'],
    ['/a', 'x=\n'],
    ['/a', { x: Number.NaN }],
    ['/a', { x: [1, Number.POSITIVE_INFINITY] }],
    ['/a', { x: new Date(Number.NaN) }],
    ['/a', { x: (() => 1) as never }],
    ['/a', { x: Symbol('x') as never }],
    ['/a', { x: new Map([['y', 1]]) as never }],
    ['/a', { x: /y/ as never }],
    ['/a', { x: cycle }],
    ['/a', new Map([['x', 1]]) as never],
])('refuses %s with params %j', async (endpoint, params) => {
    const nango = new ProxyCalls({ apiKey, host: 'http://127.0.0.1:1' });
    await expect(nango.get({ ...through, endpoint, params })).rejects.toThrow(NangoInputError);
});

test('whatever the endpoint, the request stays below /proxy and both transports send it alike', async () => {
    const servers = await Promise.all(transports.map(([, options]) => start(undefined, options)));
    const piece = fc.oneof(
        fc.constantFrom(
            '/',
            '.',
            '..',
            '%2e',
            '%2E',
            '%252e',
            '%2f',
            '%5c',
            '\\',
            '//',
            '?',
            '#',
            '&',
            '=',
            ' ',
            '\t',
            '\r\n',
            '@',
            ':',
            'https://',
            'é',
            '\ud800',
            '%',
            "'",
            '"',
            '|',
            '^',
            '[',
            ']',
            '{',
            '<',
            ';',
        ),
        fc.string({ maxLength: 4 }),
        fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const endpoints = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
    await fc.assert(
        fc.asyncProperty(endpoints, async (endpoint) => {
            const outcomes = await Promise.all(
                servers.map(async ({ nango, requests, url }) => {
                    requests.length = 0;
                    const sent = await nango.get({ ...through, endpoint }).then(
                        () => true,
                        (error) => {
                            if (error instanceof NangoInputError) return false;
                            throw error;
                        },
                    );
                    expect(requests).toHaveLength(sent ? 1 : 0);
                    const target = requests[0]?.url;
                    if (target !== undefined) {
                        expect(target).toMatch(/^\/proxy\//);
                        const parsed = new URL(url + target);
                        expect(parsed.origin).toBe(url);
                        expect(parsed.pathname).toMatch(/^\/proxy\//);
                        expect(parsed.pathname.replaceAll(/%2e/gi, '.').split(/[/\\]|%2f|%5c/i)).not.toContain('..');
                    }
                    return target?.replaceAll('%27', "'");
                }),
            );
            expect(outcomes[0]).toBe(outcomes[1]);
        }),
        { numRuns: 500 },
    );
});
