import { expect, test } from 'vitest';
import { sortedJson } from './sorted-json.js';

test('sorts keys at every level and leaves arrays in order', () => {
    expect(sortedJson({ b: [{ z: 1, a: 2 }, 3], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[{"a":2,"z":1},3]}');
});

test('leaves undefined fields out', () => {
    expect(sortedJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test('takes payloads that are no objects', () => {
    expect(sortedJson('text')).toBe('"text"');
    expect(sortedJson(undefined)).toBe('null');
});

test('a key named __proto__ stays a key', () => {
    expect(sortedJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
});
