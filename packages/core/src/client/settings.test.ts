import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { Client } from './client.js';
import { checkOptions, checkShape, parseHost } from './settings.js';

const key = 'hunter2-the-key';

function checkAll(options: object, legacy: object | undefined): void {
    checkShape(options, legacy);
    checkOptions(options as never, legacy as never);
}

test.each([
    [{ apiKey: key, hosts: 'http://h' }, 'did you mean `host`?'],
    [{ api_key: key }, "`api_key` is none of the client's options; did you mean `apiKey`?"],
    [{ apiKey: key, colour: 'red' }, "`colour` is none of the client's options; there are apiKey, secretKey, host"],
    [{ apiKey: key, retry: { limits: 3 } }, '`limits` is none of the members of `retry`; did you mean `limit`?'],
    [{ apiKey: key, rateLimit: { max_wait: 3 } }, '`max_wait` is none of the members of `rateLimit`; did you mean `maxWait`?'],
    [{ apiKey: key, tokenCache: { maxage: 3 } }, '`maxage` is none of the members of `tokenCache`; did you mean `maxAge`?'],
])('a misspelled option is refused, and the nearest named: %j', (options, words) => {
    const check = () => checkAll(options as never, undefined);
    expect(check).toThrow(NangoConfigError);
    expect(check).toThrow(words);
});

test.each([
    [undefined, /options object/],
    [{}, /`apiKey` is missing/],
    [{ apiKey: '' }, /`apiKey` is missing/],
    [{ apiKey: key, secretKey: key }, /not both/],
    [{ apiKey: `${key}\n` }, /line break/],
    [{ secretKey: `${key} ` }, /`secretKey` holds a space/],
    [{ apiKey: 12 }, /must be a string/],
    [{ apiKey: key, timeout: 0 }, /`timeout`/],
    [{ apiKey: key, totalTimeout: -1 }, /`totalTimeout`/],
    [{ apiKey: key, timeout: '5s' }, /`timeout`/],
] as const)('%j is refused with a message that names the fix', (options, message) => {
    const check = () => checkAll(options as never, undefined);
    expect(check).toThrow(NangoConfigError);
    expect(check).toThrow(message);
    expect(check).not.toThrow(/hunter2/);
});

test('interceptors are refused with an error that names hooks', () => {
    expect(() => checkOptions({ apiKey: key }, { interceptors: {} } as never)).toThrow(/hooks/);
});

test.each([
    ['https://api.nango.dev', { origin: 'https://api.nango.dev', hostname: 'api.nango.dev', port: '', path: '' }],
    ['http://localhost:3003/', { origin: 'http://localhost:3003', hostname: 'localhost', port: '3003', path: '' }],
    ['https://example.com/nango//', { origin: 'https://example.com', hostname: 'example.com', port: '', path: '/nango' }],
    ['http://[::1]:3003', { origin: 'http://[::1]:3003', hostname: '::1', port: '3003', path: '' }],
])('%s is taken apart', (host, base) => {
    expect(parseHost(host)).toMatchObject(base);
});

test.each([
    '',
    'api.nango.dev',
    'localhost:3003',
    'ftp://h',
    'https://user:hunter2@h',
    'https://h/?a=1',
    'https://h/#x',
    42,
    null,
])('host %j is refused', (host) => {
    expect(() => parseHost(host)).toThrow(NangoConfigError);
    expect(() => parseHost(host)).not.toThrow(/hunter2/);
});

test.each([
    [null, 'The client needs an options object, e.g. { apiKey: process.env.NANGO_API_KEY }'],
    ['key', 'The client needs an options object'],
    [{ apiKey: null }, "`apiKey` is missing: pass the environment's API key, e.g. { apiKey: process.env.NANGO_API_KEY }"],
    [{ secretKey: '' }, '`secretKey` is missing'],
    [{ apiKey: true }, '`apiKey` must be a string'],
    [{ apiKey: `${key}é` }, 'another character that no header can carry'],
    [{ apiKey: `\n${key}` }, 'was it read from a file with its newline?'],
    [{ apiKey: key, timeout: true }, '`timeout` must be a number of milliseconds above 0, or false for none'],
    [{ apiKey: key, timeout: Number.NaN }, '`timeout`'],
    [{ apiKey: key, totalTimeout: '9' }, '`totalTimeout`'],
    [{ apiKey: key, retry: 3 }, '`retry`'],
    [{ apiKey: key, rateLimit: 3 }, '`rateLimit`'],
    [{ apiKey: key, tokenCache: 3 }, '`tokenCache`'],
])('%j is refused in so many words', (options, words) => {
    expect(() => checkAll(options as never, undefined)).toThrow(words);
});

test.each([
    [{ apiKey: '!' }, undefined],
    [{ apiKey: '~~' }, {}],
    [{ secretKey: key, timeout: false, totalTimeout: 0.5 }, { interceptors: undefined }],
] as const)('%j and %j are taken', (options, legacy) => {
    expect(() => checkAll(options, legacy)).not.toThrow();
});

test.each([
    ['api.nango.dev', '`host` must be an absolute URL, e.g. https://api.nango.dev or http://localhost:3003'],
    [new URL('https://h'), '`host` must be an absolute URL'],
    ['ftp://h', '`host` must be an http: or https: URL, not ftp:'],
    ['https://user@h', '`host` must not hold a user name or password; the key goes in `apiKey`'],
    ['https://:pass@h', '`host` must not hold a user name or password'],
    ['https://h?a=1', '`host` must not have a query or a fragment'],
    ['https://h#a', '`host` must not have a query or a fragment'],
])('host %s is refused in so many words', (host, words) => {
    expect(() => parseHost(host)).toThrow(words);
});

test('a host is taken apart whole', () => {
    expect(parseHost('https://[2001:db8::1]:8443/a/b/')).toEqual({
        origin: 'https://[2001:db8::1]:8443',
        protocol: 'https:',
        hostname: '2001:db8::1',
        port: '8443',
        path: '/a/b',
    });
});

test.each(['a\r\nx-evil: 1', 'a\nb', 'a\0', 'a\tb', 'snow ☃', 5])(
    'a user agent of %j is refused, wherever it is given',
    (value) => {
        const userAgent = value as string;
        expect(() => new Client({ apiKey: 'key-key', userAgent })).toThrow(NangoConfigError);
        expect(() => new Client({ apiKey: 'key-key' }, { userAgent })).toThrow(NangoConfigError);
        const client = new Client({ apiKey: 'key-key' });
        expect(() => {
            client.userAgent = userAgent;
        }).toThrow(NangoConfigError);
    },
);

test.each([0, -1, 1.5, Number.NaN, '5', null])('maxSockets %j is refused', (maxSockets) => {
    const options = { apiKey: 'key-key-key', maxSockets: maxSockets as number };
    expect(() => new Client(options)).toThrow('`maxSockets` must be a whole number');
});

test.each(['fetch', 'httpAgent', 'httpsAgent'])('maxSockets beside %s, which it would not reach, is refused', (name) => {
    const options = { apiKey: 'key-key-key', maxSockets: 5 };
    expect(() => new Client({ ...options, [name]: () => undefined })).toThrow(`set the limit in \`${name}\``);
});

test('maxSockets beside an agent of the second argument is refused, too', () => {
    const options = { apiKey: 'key-key-key', maxSockets: 5 };
    expect(() => new Client(options, { httpsAgent: {} })).toThrow('set the limit in `httpsAgent`');
    expect(() => new Client({ ...options, maxSockets: Number.POSITIVE_INFINITY })).not.toThrow();
});
