import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { MemoryTokenStore } from './memory-token-store.js';
import { checkTokenCache } from './token-cache-options.js';

test.each([undefined, false, {}, { maxAge: 1 }, { maxAge: 300_000 }, { store: new MemoryTokenStore() }] as const)(
    'the option %o is taken',
    (options) => {
        expect(() => checkTokenCache(options)).not.toThrow();
    },
);

test.each([
    [null, 'must be an object, e.g. { maxAge: 60_000 }, or false'],
    [true, 'must be an object'],
    [{ maxAge: 0 }, '`tokenCache.maxAge` must be a number of milliseconds, at most 300000'],
    [{ maxAge: 300_001 }, '`tokenCache.maxAge`'],
    [{ maxAge: '60000' }, '`tokenCache.maxAge`'],
    [{ maxAge: Number.NaN }, '`tokenCache.maxAge`'],
    [{ store: null }, '`tokenCache.store` must have get, set and delete'],
    [{ store: { set() {}, delete() {} } }, '`tokenCache.store`'],
    [{ store: { get() {}, delete() {} } }, '`tokenCache.store`'],
    [{ store: { get() {}, set() {} } }, '`tokenCache.store`'],
    [{ storeTimeout: 0 }, '`tokenCache.storeTimeout` must be a number of milliseconds above 0'],
    [{ storeTimeout: '500' }, '`tokenCache.storeTimeout`'],
    [{ storeTimeout: Number.NaN }, '`tokenCache.storeTimeout`'],
])('the option %o is refused', (options, words) => {
    expect(() => checkTokenCache(options as never)).toThrow(NangoConfigError);
    expect(() => checkTokenCache(options as never)).toThrow(words);
});
