import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NangoInputError } from '../errors/input-error.js';
import { checkCallerHeaders, checkHeader } from './headers.js';

test('a value goes out unchanged or is refused', () => {
    fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (value) => {
            const sendable = [...value].every((char) => /[\t\x20-\x7e\x80-\xff]/.test(char));
            if (sendable) expect(checkHeader('x-any', value, 'op')).toBe(value);
            else expect(() => checkHeader('x-any', value, 'op')).toThrow(NangoInputError);
        }),
    );
});

test('a refused value is not repeated', () => {
    expect(() => checkHeader('x', 'hunter2\r\nevil: 1', 'op')).toThrow(/^(?!.*hunter2).*line break/);
});

test.each(['Authorization', 'authorization', 'Nango-Is-Script', 'nango-proxy-x', 'Proxy-Authorization'])(
    'callers may not set %s',
    (name) => {
        expect(() => checkCallerHeaders({ [name]: 'x' }, 'op')).toThrow(NangoInputError);
    },
);

test.each(['', 'a b', 'a:b', 'a\nb', 'é'])('%j is no header name', (name) => {
    expect(() => checkCallerHeaders({ [name]: 'x' }, 'op')).toThrow(NangoInputError);
});

test.each([new Headers({ a: 'b' }), new Map([['a', 'b']]), [['a', 'b']], 'a: b', null])(
    'headers that are no plain object are refused, not lost: %o',
    (headers) => {
        expect(() => checkCallerHeaders(headers as never, 'op')).toThrow(/plain object/);
    },
);

test('headers that are members and can be iterated too, as those of axios, are taken', () => {
    const headers = Object.assign(Object.create({ *[Symbol.iterator]() {} }), { a: 'b' });
    expect(checkCallerHeaders(headers, 'op')).toEqual({ a: 'b' });
});

test('names are lower-cased', () => {
    expect(checkCallerHeaders({ 'X-Trace': 'a' }, 'op')).toEqual({ 'x-trace': 'a' });
});
