import { expect, test } from 'vitest';
import { fc } from '../../test/support/properties.js';
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

test.each(['', 'a b', 'a:b', 'a\nb', 'é'])('%j is not a header name', (name) => {
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

test.each([
    [42, '42'],
    [0, '0'],
    [true, 'true'],
    [false, 'false'],
])('%j goes out as text', (value, text) => {
    expect(checkHeader('x-any', value, 'op')).toBe(text);
});

test.each([
    ['x-any', null, 'header `x-any` must be a string, got null'],
    ['x-any', undefined, 'header `x-any` must be a string, got undefined'],
    ['x-any', ['a'], 'header `x-any` must be a string, got an array'],
    ['x-any', '✓', 'header `x-any` holds a line break, a control character or a character outside Latin-1; encode it first'],
])('%s: %j is refused with words that name the method and the header', (name, value, words) => {
    expect(() => checkHeader(name, value, 'listRecords')).toThrow(
        expect.objectContaining({ message: `listRecords: ${words}`, operation: 'listRecords', parameter: name }),
    );
});

test.each(['connection-id', 'provider-config-key'])('%s names something: not a space may be lost of it', (name) => {
    for (const value of [' c', 'c ', '\tc', 'c\t']) {
        expect(() => checkHeader(name, value, 'proxy')).toThrow(
            expect.objectContaining({
                message: expect.stringContaining(`proxy: header \`${name}\` begins or ends with a space`),
                operation: 'proxy',
                parameter: name,
            }),
        );
        expect(checkHeader('x-any', value, 'proxy')).toBe(value);
    }
    expect(checkHeader(name, 'my connection', 'proxy')).toBe('my connection');
});

test('what a caller may not set, and what is not a name, is named in the error', () => {
    const refused = (headers: object) => expect(() => checkCallerHeaders(headers as never, 'op'));
    refused({ 'Nango-X': 'a' }).toThrow(
        expect.objectContaining({
            message: expect.stringContaining('op: header `Nango-X` is set by the client; headers for the provider go in'),
            operation: 'op',
            parameter: 'Nango-X',
        }),
    );
    refused({ 'a b': 'a' }).toThrow(
        expect.objectContaining({ message: 'op: "a b" is not a header name', operation: 'op', parameter: 'headers' }),
    );
    refused(new Map([['a', 'b']])).toThrow(expect.objectContaining({ parameter: 'headers', operation: 'op' }));
});
