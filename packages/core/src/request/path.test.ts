import { expect, test } from 'vitest';
import { fc } from '../../test/support/properties.js';
import { NangoInputError } from '../errors/input-error.js';
import { buildPath } from './path.js';

const build = (id: unknown) => buildPath('/connections/{connectionId}/x', { connectionId: id }, 'getConnection');

test('a server decodes exactly the id that was given, or the call is refused', () => {
    fc.assert(
        fc.property(
            fc.oneof(
                fc.string({ unit: 'binary' }),
                fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', 'f', '?', '#', ';', ' ', '\n') }),
            ),
            (id) => {
                let path: string;
                try {
                    path = build(id);
                } catch (error) {
                    expect(error).toBeInstanceOf(NangoInputError);
                    return;
                }
                // As a URL parser (fetch) and as raw text (node:http) the path is the same.
                const url = new URL(`http://host${path}`);
                expect(url.pathname).toBe(path);
                expect(url.search + url.hash).toBe('');
                const segments = path.split('/');
                expect(segments).toHaveLength(4);
                expect(decodeURIComponent(segments[2] as string)).toBe(id);
            },
        ),
        { numRuns: 500 },
    );
});

test.each([undefined, null, '', '.', '..', {}, [], Number.NaN, '\ud800', true])('refuses %j as an id', (id) => {
    expect(() => build(id)).toThrow(NangoInputError);
});

test('the message names the method and the argument, and never repeats the value', () => {
    expect(() => build({ key: 'hunter2' })).toThrow('getConnection: `connectionId` must be a non-empty string, got an object');
});

test('whole numbers are ids too', () => {
    expect(build(42)).toBe('/connections/42/x');
});

test.each([
    [undefined, 'must be a non-empty string, got undefined'],
    [null, 'must be a non-empty string, got null'],
    ['', 'must be a non-empty string, got an empty string'],
    [['c'], 'must be a non-empty string, got an array'],
    [Number.POSITIVE_INFINITY, 'must be text, or a whole number below 2^53, got Infinity'],
    [1.5, 'must be text, or a whole number below 2^53, got 1.5'],
    [true, 'must be a non-empty string, got boolean'],
    ['.', "can't be '.': no URL can carry it as a path segment"],
    ['..', "can't be '..': no URL can carry it as a path segment"],
    ['\ud800', 'is not well-formed Unicode (it holds half of a surrogate pair)'],
])('%j is refused in so many words', (id, words) => {
    expect(() => build(id)).toThrow(
        expect.objectContaining({
            message: `getConnection: \`connectionId\` ${words}`,
            operation: 'getConnection',
            parameter: 'connectionId',
        }),
    );
});

test('an operation whose values were forgotten is refused, one that has none is not', () => {
    expect(() => buildPath('/connections/{connectionId}', undefined, 'op')).toThrow(NangoInputError);
    expect(buildPath('/connections', undefined, 'op')).toBe('/connections');
    expect(buildPath('/a/{b}/{c}', { c: 2, b: 1 }, 'op')).toBe('/a/1/2');
});
