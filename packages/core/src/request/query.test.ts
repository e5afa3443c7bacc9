import { expect, test } from 'vitest';
import { fc } from '../../test/support/properties.js';
import { NangoInputError } from '../errors/input-error.js';
import { buildQuery } from './query.js';

test('names and values arrive as they were given', () => {
    fc.assert(
        fc.property(
            fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { selector: ([name]) => name }),
            (pairs) => {
                // `Object.fromEntries` would drop `__proto__`; integer-like names change their order, which no server minds.
                const query = Object.fromEntries(pairs.filter(([name]) => name !== '__proto__'));
                const parsed = new URLSearchParams(buildQuery(query, 'op'));
                expect(Object.fromEntries(parsed)).toEqual(query);
            },
        ),
    );
});

test('arrays repeat their key, undefined is left out, false and 0 are kept', () => {
    expect(buildQuery({ ids: ['a', 'b'], cursor: undefined, page: 0, force_refresh: false, none: [] }, 'op')).toBe(
        '?ids=a&ids=b&page=0&force_refresh=false',
    );
    expect(buildQuery({ cursor: undefined }, 'op')).toBe('');
    expect(buildQuery(undefined, 'op')).toBe('');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, {}, null, Symbol('x'), [undefined], ['\udc00']])(
    'refuses %s as a value',
    (value) => {
        expect(() => buildQuery({ limit: value as never }, 'listRecords')).toThrow(NangoInputError);
    },
);

test('the message names the method and the parameter, and what came instead', () => {
    expect(() => buildQuery({ modifiedAfter: new Date() as never }, 'listRecords')).toThrow(
        expect.objectContaining({
            message: 'listRecords: `modifiedAfter` must be text, a finite number or a boolean, got an object',
            operation: 'listRecords',
            parameter: 'modifiedAfter',
        }),
    );
});
