import { NangoInputError } from '../errors/input-error.js';
import { describe } from './path.js';

/**
 * Checks an argument that must name something: a non-empty string.
 *
 * @throws {NangoInputError} naming the method and the argument
 */
export function requireId(value: unknown, parameter: string, operation: string): asserts value is string {
    if (typeof value === 'string' && value !== '') return;
    throw new NangoInputError(`${operation}: \`${parameter}\` must be a non-empty string, got ${describe(value)}`, {
        operation,
        parameter,
    });
}

/**
 * Checks a bag of names and values. A `Headers`, a `URLSearchParams` or a `Map` keeps its entries where nothing that goes through an
 * object's members finds them: they would be lost without a word.
 *
 * @throws {NangoInputError} naming the method and the argument
 */
export function requireNamed(value: unknown, parameter: string, operation: string): asserts value is object {
    if (typeof value === 'object' && value !== null && !losesEntries(value)) return;
    throw new NangoInputError(
        `${operation}: \`${parameter}\` must be a plain object of names and values; Object.fromEntries(…) makes one, got ${describe(value)}`,
        { operation, parameter },
    );
}

/**
 * Checks an argument that must be an object with named members, not an array.
 *
 * @param example shown in the message, e.g. `{ provider: 'github' }`
 * @throws {NangoInputError} naming the method, the argument and what it should look like
 */
export function requireObject(
    value: unknown,
    parameter: string,
    operation: string,
    example: string,
): asserts value is Record<string, unknown> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
    throw new NangoInputError(`${operation}: \`${parameter}\` must be an object, e.g. ${example}; got ${describe(value)}`, {
        operation,
        parameter,
    });
}

/** Not all that can be iterated is refused: the headers of axios are members too. */
function losesEntries(value: object): boolean {
    if (!(Symbol.iterator in value)) return false;
    const inMembers = !Array.isArray(value) && Object.keys(value).length > 0;
    return !inMembers && [...(value as Iterable<unknown>)].length > 0;
}
