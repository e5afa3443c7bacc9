import { expect, test } from 'vitest';
import { NangoInputError } from '../errors/input-error.js';
import { jsonBody } from './body.js';

test('a value is written once, however often it is sent', () => {
    let reads = 0;
    const value = {
        get name() {
            reads += 1;
            return 'näme';
        },
    };
    const source = jsonBody(value, 'op');
    expect(source.replayable).toBe(true);
    for (let attempt = 0; attempt < 2; attempt++)
        expect(source.open()).toEqual({ body: '{"name":"näme"}', headers: { 'content-type': 'application/json' } });
    expect(reads).toBe(1);
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

test.each([
    ['a cycle', cycle],
    ['a BigInt', { id: 1n }],
    ['nothing at all', undefined],
    ['a function', () => 1],
])('%s is no body', (_what, value) => {
    const error = (() => {
        try {
            return jsonBody(value, 'triggerAction');
        } catch (caught) {
            return caught;
        }
    })();
    expect(error).toBeInstanceOf(NangoInputError);
    expect(error).toMatchObject({
        message: "triggerAction: the body can't be written as JSON",
        operation: 'triggerAction',
        parameter: 'body',
    });
});

test('the error says why a value can not be written', () => {
    expect(() => jsonBody(cycle, 'op')).toThrow(
        expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('circular') }) }),
    );
});
