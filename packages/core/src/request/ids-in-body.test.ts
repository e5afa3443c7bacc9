import { expect, test } from 'vitest';
import { NangoInputError } from '../errors/input-error.js';
import { idsInBody } from './ids-in-body.js';

const ids = ['connection_id', 'end_user.id', 'allowed_integrations'];

test('numbers become text, wherever an id may be, in a copy', () => {
    const body = Object.freeze({
        connection_id: 7,
        end_user: Object.freeze({ id: 42, email: 'ada@example.com' }),
        allowed_integrations: Object.freeze(['github', 3]),
        limit: 5,
    });
    expect(idsInBody(body, ids, 'op')).toEqual({
        connection_id: '7',
        end_user: { id: '42', email: 'ada@example.com' },
        allowed_integrations: ['github', '3'],
        limit: 5,
    });
    expect(body.end_user.id).toBe(42);
});

test.each([
    {},
    { connection_id: 'c1', end_user: { id: 'ada' }, allowed_integrations: ['github'] },
    // Not for us to judge: a newer server may take it.
    { connection_id: null, end_user: 'ada', allowed_integrations: { all: true } },
    { end_user: null, allowed_integrations: [null] },
])('without a number it is the very object that was given: %j', (body) => {
    expect(idsInBody(body, ids, 'op')).toBe(body);
});

test.each([
    ['connection_id', { connection_id: Number.NaN }],
    ['end_user.id', { end_user: { id: 1.5 } }],
    ['allowed_integrations[]', { allowed_integrations: ['github', 2 ** 53] }],
])('a number in `%s` that is no id is refused', (parameter, body) => {
    expect(() => idsInBody(body, ids, 'op')).toThrow(expect.objectContaining({ parameter, operation: 'op' }));
    expect(() => idsInBody(body, ids, 'op')).toThrow(NangoInputError);
});
