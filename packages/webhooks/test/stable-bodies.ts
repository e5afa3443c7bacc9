/** What `stableStringify` of fast-safe-stringify writes, which Nango's server signs: a value, made anew each time, and its text. */
export const stableBodies: readonly (readonly [name: string, value: () => unknown, text: string])[] = [
    [
        'nested keys',
        () => ({ b: [{ z: 1, a: 2 }, [{ d: 1, c: 2 }]], a: { y: null, x: true } }),
        '{"a":{"x":true,"y":null},"b":[{"a":2,"z":1},[{"c":2,"d":1}]]}',
    ],
    [
        'integer-like keys, first and in numeric order',
        () => ({ b: 1, '10': 2, '9': 3, '02': 4, '-1': 5, '1.5': 6, a: { '2': 1, '1': 2, '0': 3 } }),
        '{"9":3,"10":2,"-1":5,"02":4,"1.5":6,"a":{"0":3,"1":2,"2":1},"b":1}',
    ],
    [
        'the largest integer-like keys',
        () => ({ '4294967295': 1, '4294967294': 2, '1': 3 }),
        '{"1":3,"4294967294":2,"4294967295":1}',
    ],
    [
        'a key __proto__, which is lost',
        () => JSON.parse('{"b":{"__proto__":{"z":1},"a":1},"__proto__":{"c":1},"a":[{"__proto__":2}]}'),
        '{"a":[{}],"b":{"a":1}}',
    ],
    [
        'keys of the prototype of objects',
        () => JSON.parse('{"toString":1,"constructor":{"b":1,"a":2},"hasOwnProperty":3}'),
        '{"constructor":{"a":2,"b":1},"hasOwnProperty":3,"toString":1}',
    ],
    ['a key toJSON that is no function', () => ({ b: { toJSON: 1, a: 2 }, a: 1 }), '{"a":1,"b":{"a":2,"toJSON":1}}'],
    [
        'toJSON, whose result keeps its order',
        () => ({ b: new Date(0), a: { toJSON: () => ({ z: 1, a: 2 }) } }),
        '{"a":{"z":1,"a":2},"b":"1970-01-01T00:00:00.000Z"}',
    ],
    [
        'undefined, functions and numbers that JSON has not',
        () => ({ c: undefined, b: () => 1, a: [undefined, () => 1, Number.NaN, -0] }),
        '{"a":[null,null,null,0]}',
    ],
    [
        'unicode keys, by code units',
        () => ({ '😀': 1, ﬀ: 2, z: 3, é: 4, 'e\u0301': 5, Z: 6, '': 7, '\ud800': 8 }),
        '{"":7,"Z":6,"e\u0301":5,"z":3,"é":4,"\\ud800":8,"😀":1,"ﬀ":2}',
    ],
    [
        'text with what JSON escapes',
        () => ({ a: '"\\/\b\f\n\r\t\u2028\u0000ü😀\ud800' }),
        '{"a":"\\"\\\\/\\b\\f\\n\\r\\t\u2028\\u0000ü😀\\ud800"}',
    ],
    ['an array', () => [{ b: 1, a: 2 }, 'x', null], '[{"a":2,"b":1},"x",null]'],
    ['no object', () => 'text', '"text"'],
];
