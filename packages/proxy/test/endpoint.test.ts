import { NangoInputError } from '@x/core';
import { describe, expect, test } from 'vitest';
import { apiKey } from '../../core/test/support/loopback.js';
import { fc } from '../../core/test/support/properties.js';
import { ProxyCalls, type ProxyConfiguration } from '../src/index.js';
import { start, through, transports } from './support.js';

describe.each(transports)('over %s', (_name, options) => {
    test.each<[string, ProxyConfiguration['params'], string]>([
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
        ['/a?x=1&k=2&x=3', { x: 9 }, '/proxy/a?k=2&x=9'],
        ['/a?per+page=1', { 'per page': 2 }, '/proxy/a?per%20page=2'],
        ['/a?x=1', {}, '/proxy/a?x=1'],
        ['/a', {}, '/proxy/a'],
    ])('%s with %j goes out as it should', async (endpoint, params, expected) => {
        const { nango, requests } = await start(undefined, options);
        await nango.get({ ...through, endpoint, params });
        expect(requests[0]?.url).toBe(expected);
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

test.each<[string, ProxyConfiguration['params']]>([
    ['/a?x=1', 'y=2'],
    ['/a', 'x=1#y'],
    ['/a', 'x=\n'],
    ['/a', { x: { y: 1 } as never }],
    ['/a', { x: Number.NaN }],
    ['/a', new URLSearchParams('x=1&x=2') as never],
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
}, 60_000);
