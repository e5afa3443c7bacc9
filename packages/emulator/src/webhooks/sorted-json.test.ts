import { expect, test } from 'vitest';
import { stableBodies } from '../../../webhooks/test/stable-bodies.js';
import { sortedJson } from './sorted-json.js';

test('sorts keys at every level and leaves arrays in order', () => {
    expect(sortedJson({ b: [{ z: 1, a: 2 }, 3], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[{"a":2,"z":1},3]}');
});

test('leaves undefined fields out', () => {
    expect(sortedJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('takes payloads that are not objects', () => {
    expect(sortedJson('text')).toBe('"text"');
    expect(sortedJson(undefined)).toBe('null');
});

test.each(stableBodies)('%s: what fast-safe-stringify writes, which is what the server signs', (_name, value, text) => {
    expect(sortedJson(value())).toBe(text);
});
