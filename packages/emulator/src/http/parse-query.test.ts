import { parse } from 'qs';
import { expect, test } from 'vitest';
import { fc } from '../../../core/test/support/properties.js';
import { parseQuery } from './parse-query.js';

const part = fc.oneof(
    { arbitrary: fc.constantFrom('', 'a', 'b', 'limit'), weight: 5 },
    fc.constantFrom(
        'a',
        'limit',
        'tags[k]',
        'ids[]',
        'a.b',
        '__proto__',
        'constructor',
        '0',
        '',
        'a%20b',
        'x+y',
        '1,2',
        'true',
        'é',
    ),
    fc.string({ maxLength: 4 }),
);

test.each(['a=1&', '&a=1', 'a=1&&b=2', 'a', '=1', 'a=1&a=2', '__proto__=1', 'a=1=2'])('as qs reads it: %s', (query) => {
    expect(parseQuery(`http://host/path?${query}`)).toEqual(parse(query, { allowPrototypes: true }));
});

test('is what qs makes of it, whatever the query', () => {
    fc.assert(
        fc.property(fc.array(fc.tuple(part, fc.constantFrom('=', '', '=='), part), { maxLength: 5 }), (pairs) => {
            const query = pairs
                .map(([name, equals, value]) => name + equals + value)
                .join('&')
                .replaceAll('#', '');
            expect(parseQuery(`http://host/path?${query}#rest`)).toEqual(
                parse(query, { allowPrototypes: true, arrayLimit: 100 }),
            );
        }),
        { numRuns: 2_000 },
    );
});
