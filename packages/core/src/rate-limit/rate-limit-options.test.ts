import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { callGateOptions, checkRateLimit, gateOptions } from './rate-limit-options.js';

const logger = {};
const store = { name: 's', ask: () => undefined, lease: () => undefined };
const defaults = { waits: true, maxWait: 65_000, maxQueue: Number.POSITIVE_INFINITY, store: undefined, logger };

test("a client's options are made whole; with false, calls don't wait", () => {
    expect(gateOptions(undefined, logger)).toEqual(defaults);
    expect(gateOptions({}, logger)).toEqual(defaults);
    expect(gateOptions({ maxWait: 0, maxQueue: 0 }, logger)).toEqual({ ...defaults, maxWait: 0, maxQueue: 0 });
    expect(gateOptions({ store }, undefined)).toEqual({ ...defaults, store, logger: undefined });
    expect(gateOptions(false, logger)).toEqual({ ...defaults, waits: false });
});

test("a call's own win over its client's", () => {
    const client = { ...defaults, store: store as never, maxWait: 7 };
    expect(callGateOptions(client, undefined)).toBe(client);
    expect(callGateOptions(client, false)).toEqual({ ...client, waits: false });
    expect(callGateOptions(client, { maxWait: 0 })).toEqual({ ...client, maxWait: 0 });
    expect(callGateOptions(client, {})).toEqual(client);
});

test.each([undefined, false, {}, { maxWait: 0, maxQueue: 0 }, { maxWait: Number.POSITIVE_INFINITY }, { store }] as const)(
    '%o is taken',
    (options) => {
        expect(() => checkRateLimit(options)).not.toThrow();
    },
);

test.each([
    [null, 'must be an object, e.g. { maxWait: 5_000 }, or false'],
    [true, 'must be an object'],
    ['5s', 'must be an object'],
    [{ maxWait: -1 }, '`rateLimit.maxWait` must be a number, 0 or more'],
    [{ maxWait: '5' }, '`rateLimit.maxWait`'],
    [{ maxWait: Number.NaN }, '`rateLimit.maxWait`'],
    [{ maxQueue: -1 }, '`rateLimit.maxQueue` must be a number, 0 or more'],
    [{ store: null }, '`rateLimit.store` must be made by redisStore()'],
    [{ store: { name: 's' } }, '`rateLimit.store` must be made by redisStore() of @x/core/redis'],
])('%o is refused with words that name what is wrong', (options, words) => {
    expect(() => checkRateLimit(options as never)).toThrow(NangoConfigError);
    expect(() => checkRateLimit(options as never)).toThrow(words);
});
