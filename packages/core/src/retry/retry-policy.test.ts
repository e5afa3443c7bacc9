import { expect, test } from 'vitest';
import { NangoConfigError } from '../errors/config-error.js';
import { checkRetry, retryPolicy } from './retry-policy.js';

const defaults = { limit: 3, baseDelay: 500, maxDelay: 20_000 };

test.each([
    ['neither says anything', undefined, undefined, defaults],
    ["the client's own", { limit: 7 }, undefined, { ...defaults, limit: 7 }],
    ["the call's own", undefined, { baseDelay: 9 }, { ...defaults, baseDelay: 9 }],
    ['both, each in part', { limit: 7, maxDelay: 8 }, { limit: 1, baseDelay: 9 }, { limit: 1, baseDelay: 9, maxDelay: 8 }],
    [
        'zeros',
        { limit: 7, baseDelay: 8, maxDelay: 9 },
        { limit: 0, baseDelay: 0, maxDelay: 0 },
        { limit: 0, baseDelay: 0, maxDelay: 0 },
    ],
    [
        'both, in full',
        { limit: 7, baseDelay: 8, maxDelay: 9 },
        { limit: 4, baseDelay: 5, maxDelay: 6 },
        { limit: 4, baseDelay: 5, maxDelay: 6 },
    ],
    [
        'a call that asks for the defaults of a client that has others',
        { limit: 7, baseDelay: 8, maxDelay: 9 },
        {},
        { limit: 7, baseDelay: 8, maxDelay: 9 },
    ],
    ['a client that repeats nothing', false, undefined, undefined],
    ['a call that is not to be repeated', { limit: 7 }, false, undefined],
    ['a call that is, of a client that repeats nothing', false, { limit: 1 }, { ...defaults, limit: 1 }],
] as const)('what a call has over its client: %s', (_what, client, call, policy) => {
    expect(retryPolicy(client, call)).toEqual(policy);
});

test.each([
    undefined,
    false,
    {},
    { limit: 0, baseDelay: 0, maxDelay: 0 },
    { limit: Number.POSITIVE_INFINITY },
    { limit: undefined },
] as const)('%o is taken', (options) => {
    expect(() => checkRetry(options)).not.toThrow();
});

test.each([
    [null, 'must be an object, e.g. { limit: 3 }, or false'],
    [true, 'must be an object'],
    [3, 'must be an object'],
    [{ limit: -1 }, '`retry.limit` must be a number, 0 or more'],
    [{ limit: '3' }, '`retry.limit`'],
    [{ limit: Number.NaN }, '`retry.limit`'],
    [{ limit: null }, '`retry.limit`'],
    [{ baseDelay: -0.5 }, '`retry.baseDelay`'],
    [{ maxDelay: '1s' }, '`retry.maxDelay`'],
])('%o is refused with words that name what is wrong', (options, words) => {
    expect(() => checkRetry(options as never)).toThrow(NangoConfigError);
    expect(() => checkRetry(options as never)).toThrow(words);
});
