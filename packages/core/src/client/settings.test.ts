import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { checkOptions, parseHost } from './settings.js';

const key = 'hunter2-the-key';

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
    const check = () => checkOptions(options as never, undefined);
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
