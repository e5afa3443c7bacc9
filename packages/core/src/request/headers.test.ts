import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NangoInputError } from '../errors/input-error.js';
import { checkCallerHeaders, checkHeader } from './headers.js';

test('a value goes out unchanged or is refused', () => {
    fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (value) => {
            const sendable = [...value].every((char) => /[\t\x20-\x7e\x80-\xff]/.test(char));
            if (sendable) expect(checkHeader('connection-id', value, 'op')).toBe(value);
            else expect(() => checkHeader('connection-id', value, 'op')).toThrow(NangoInputError);
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

test('names are lower-cased', () => {
    expect(checkCallerHeaders({ 'X-Trace': 'a' }, 'op')).toEqual({ 'x-trace': 'a' });
});
