import { expect, test } from 'vitest';
import { NangoInputError } from '../errors/input-error.js';
import { requireId, requireNamed, requireObject } from './require.js';

/** The error of a refused argument; `undefined` when it is taken. */
function refusal(check: () => void): NangoInputError | undefined {
    try {
        check();
        return undefined;
    } catch (error) {
        expect(error).toBeInstanceOf(NangoInputError);
        return error as NangoInputError;
    }
}
const place = { operation: 'getConnection', parameter: 'connectionId' };

test.each([
    ['c1', 'c1'],
    [' ', ' '],
    [42, '42'],
    [0, '0'],
    [-1, '-1'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
])('an id is a string with something in it, or a whole number: %o', (value, text) => {
    expect(requireId(value, 'connectionId', 'getConnection')).toBe(text);
});

test.each([1.5, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 53])('the number %o is not an id: it has no exact text', (value) => {
    expect(refusal(() => requireId(value, 'connectionId', 'getConnection'))).toMatchObject({
        message: `getConnection: \`connectionId\` must be text, or a whole number below 2^53, got ${value}`,
        ...place,
    });
});

test.each([
    ['', 'an empty string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [['c1'], 'an array'],
    [{ id: 'c1' }, 'an object'],
    [true, 'boolean'],
    [() => 1, 'function'],
])('%o is no id, and what came instead is named without its value', (value, what) => {
    expect(refusal(() => requireId(value, 'connectionId', 'getConnection'))).toMatchObject({
        message: `getConnection: \`connectionId\` must be a non-empty string, got ${what}`,
        ...place,
    });
});

test.each([{}, { provider: 'github' }, new Date(), Object.create(null)])('%o is an object', (value) => {
    expect(refusal(() => requireObject(value, 'body', 'op', '{}'))).toBeUndefined();
});

test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['{}', 'string'],
    [[], 'an array'],
    [() => 1, 'function'],
])('%o is not, and what it should look like is shown', (value, what) => {
    expect(refusal(() => requireObject(value, 'connectionId', 'getConnection', '{ provider: 1 }'))).toMatchObject({
        message: `getConnection: \`connectionId\` must be an object, e.g. { provider: 1 }; got ${what}`,
        ...place,
    });
});

test.each([
    ['an object', { a: 'b' }],
    ['an empty one', {}],
    ['an empty Headers, of which nothing gets lost', new Headers()],
    ['an empty list', []],
    [
        'one whose entries are its members',
        Object.assign(
            Object.create({
                *[Symbol.iterator]() {
                    yield 1;
                },
            }),
            { a: 'b' },
        ),
    ],
])('%s is a bag of names', (_what, value) => {
    expect(refusal(() => requireNamed(value, 'headers', 'op'))).toBeUndefined();
});

test.each([
    ['undefined', undefined, 'undefined'],
    ['text', 'a: b', 'string'],
    ['a Map', new Map([['a', 'b']]), 'an object'],
    ['a URLSearchParams', new URLSearchParams('a=b'), 'an object'],
    ['pairs', [['a', 'b']], 'an array'],
    ['a list of one thing that is nothing', [undefined], 'an array'],
])('%s is none: its entries would be lost', (_what, value, what) => {
    expect(refusal(() => requireNamed(value, 'connectionId', 'getConnection'))).toMatchObject({
        message: `getConnection: \`connectionId\` must be a plain object of names and values; Object.fromEntries(…) makes one, got ${what}`,
        ...place,
    });
});
