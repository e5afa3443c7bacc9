import { expect, test } from 'vitest';
import * as core from '../src/index.js';
import { NangoNetworkError, NangoNotFoundError, NangoProviderError, NangoRateLimitError } from '../src/index.js';

/** What a user's test throws to see what its own code does. */

type ErrorClass = new (message: string) => core.NangoError;
const classes = Object.entries(core as Record<string, unknown>).filter(
    ([, value]) =>
        typeof value === 'function' &&
        (value === core.NangoError || Object.prototype.isPrototypeOf.call(core.NangoError.prototype, value.prototype)),
) as [string, ErrorClass][];

test.each(classes)('%s is made of a message, and is what it says', (name, Class) => {
    const error = new Class('slow down');
    expect(error).toBeInstanceOf(Class);
    expect([error.name, Class.name, error.message, String(error)]).toEqual([name, name, 'slow down', `${name}: slow down`]);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, message: 'slow down' });
});

test('with little more, an error is as one that was met', () => {
    const slow = new NangoRateLimitError('slow down', { retryAfter: 3 });
    expect(slow).toMatchObject({ status: 429, retryAfter: 3, sent: true, source: 'nango', errors: [] });
    expect(slow.response).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    expect(new NangoNotFoundError('no', { code: 'unknown_connection' })).toMatchObject({
        status: 404,
        code: 'unknown_connection',
    });
    expect(new NangoProviderError('down', { status: 503 })).toMatchObject({ status: 503, source: 'provider' });
    expect(new NangoNetworkError('gone', { code: 'ECONNRESET' })).toMatchObject({ code: 'ECONNRESET', progress: 'maybe-sent' });
});
