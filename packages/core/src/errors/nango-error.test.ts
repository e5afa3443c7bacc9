import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import {
    NangoApiError,
    NangoAuthenticationError,
    NangoNotFoundError,
    NangoPermissionError,
    NangoProviderError,
    NangoRateLimitError,
} from './api-error.js';
import { NangoConfigError } from './config-error.js';
import { NangoInputError } from './input-error.js';
import { NangoError } from './nango-error.js';
import { NangoNetworkError, NangoResponseError, NangoTimeoutError } from './transport-errors.js';

const details = {
    operation: 'getConnection',
    method: 'GET',
    path: '/connections/{connectionId}',
    response: { status: 404, statusText: 'Not Found', headers: {}, data: {} },
    code: 'not_found',
    payload: undefined,
    errors: [],
    source: 'nango',
} as const;

test('instanceof and isInstance distinguish the classes', () => {
    const error = new NangoNotFoundError('gone', details);
    expect(error instanceof NangoNotFoundError).toBe(true);
    expect(error instanceof NangoApiError).toBe(true);
    expect(error instanceof NangoError).toBe(true);
    expect(error instanceof NangoProviderError).toBe(false);
    expect(error instanceof NangoConfigError).toBe(false);
    expect(NangoApiError.isInstance(error)).toBe(true);
    expect(NangoConfigError.isInstance(error)).toBe(false);
    expect(error.name).toBe('NangoNotFoundError');
});

test('errors of another copy of the package are recognised', async () => {
    vi.resetModules();
    const copy = await import('./api-error.js');
    const error = new copy.NangoNotFoundError('gone', details);
    expect(copy.NangoNotFoundError).not.toBe(NangoNotFoundError);
    expect(error instanceof NangoNotFoundError).toBe(true);
    expect(error instanceof NangoApiError).toBe(true);
    expect(error instanceof NangoProviderError).toBe(false);
});

test.each([null, undefined, 1, 'x', {}, new Error('x'), Object.create(null), () => 1])('%s is none of them', (value) => {
    expect((value as unknown) instanceof NangoError).toBe(false);
    expect(NangoApiError.isInstance(value)).toBe(false);
});

test("a user's own subclass is not every error of its parent", () => {
    class Mine extends NangoApiError {}
    expect(new NangoNotFoundError('x', details) instanceof Mine).toBe(false);
    expect(new Mine('x', details) instanceof Mine).toBe(true);
    expect(new Mine('x', details) instanceof NangoApiError).toBe(true);
});

test('JSON has name and message beside the fields, and neither stack nor response', () => {
    const json = JSON.parse(JSON.stringify(new NangoNotFoundError('gone', details)));
    expect(json).toMatchObject({ name: 'NangoNotFoundError', message: 'gone', status: 404, code: 'not_found' });
    expect(json).not.toHaveProperty('stack');
    expect(json).not.toHaveProperty('response');
});

test('code written for axios finds its members, and printing does not', () => {
    const error = new NangoApiError('no', details);
    expect(error.isAxiosError).toBe(true);
    expect(error.response.status).toBe(404);
    expect(Object.keys(error)).not.toContain('response');
    expect('config' in error).toBe(false);
    expect('request' in error).toBe(false);
});

const call = { operation: 'getConnection', method: 'GET', path: '/' };
const every = [
    new NangoError('x'),
    new NangoConfigError('x'),
    new NangoInputError('x'),
    new NangoApiError('x', details),
    new NangoAuthenticationError('x', details),
    new NangoPermissionError('x', details),
    new NangoNotFoundError('x', details),
    new NangoProviderError('x', details),
    new NangoRateLimitError('x', details),
    new NangoNetworkError('x', call, 'not-sent'),
    new NangoTimeoutError('x', { ...call, timeout: 1, scope: 'total' }, 'maybe-sent'),
    new NangoResponseError('x', { ...call, reason: 'truncated' }),
];

test.each(every.map((error) => [error.constructor.name, error] as const))(
    '%s is of its own kind and of that of its parents alone',
    (name, error) => {
        expect(error.name).toBe(name);
        for (const other of every) {
            const type = other.constructor as typeof NangoError;
            const is = type === error.constructor || Object.prototype.isPrototypeOf.call(type, error.constructor);
            expect((error as object) instanceof type).toBe(is);
            expect(type.isInstance(error)).toBe(is);
        }
        // What webhooks and other versions of this package look for.
        expect((error as unknown as Record<symbol, string[]>)[Symbol.for('nango.error')]).toEqual(
            expect.arrayContaining([name, 'NangoError']),
        );
    },
);

test('an error of a newer version, of a kind that is not known here, is an error of these packages', () => {
    const newer = Object.assign(new Error('x'), { [Symbol.for('nango.error')]: ['NangoNewError', 'NangoError'] });
    expect(newer instanceof NangoError).toBe(true);
    expect(newer instanceof NangoApiError).toBe(false);
});

test('an error is printed without what it does not have', () => {
    expect(inspect(new NangoNetworkError('x', call, 'not-sent'))).not.toContain('cause');
    expect(inspect(new NangoInputError('x'))).not.toContain('cause');
    expect(inspect(new NangoInputError('x', { cause: new Error('why') }))).toContain('why');
    expect(inspect(new NangoNetworkError('x', { ...call, cause: new Error('why') }, 'not-sent'))).toContain('why');
});

test('who annotates errors may rename one, and take its name away', () => {
    const error = new NangoInputError('x');
    error.name = 'Renamed';
    expect(String(error)).toBe('Renamed: x');
    delete (error as { name?: string }).name;
    expect(error.name).toBe('Error');
});

test.each([
    ['x'.repeat(10_000), 2_000],
    ['é'.repeat(5_000), 2_000],
    ['😀'.repeat(5_000), 2_000],
    ['€'.repeat(600), 1_800],
])('a message is 2,000 bytes at most, whole characters', (text, most) => {
    const { message, stack } = new NangoError(text);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(most);
    expect(Buffer.from(message).toString()).toBe(message);
    expect(stack?.length).toBeLessThan(6_000);
});
