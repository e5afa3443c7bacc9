import { argumentError, NangoInputError } from '../errors/input-error.js';
import { describe } from './describe.js';
import { type KnownMembers, readMembers, unknownMember } from './known-members.js';

/**
 * The text of an argument that must name something: a string that is not empty, or a whole number that has just one text (a database's
 * `42`; past 2⁵³ two ids would be one).
 *
 * @throws {NangoInputError} naming the method and the argument
 */
export function requireId(value: unknown, parameter: string, operation: string): string {
    if (typeof value === 'string' && value !== '') return value;
    if (Number.isSafeInteger(value)) return String(value);
    const fix = typeof value === 'number' ? 'text, or a whole number below 2^53' : 'a non-empty string';
    throw argumentError(operation, parameter, `must be ${fix}, got ${describe(value)}`);
}

/**
 * Checks a bag of names and values. A `Headers`, a `URLSearchParams` or a `Map` keeps its entries where nothing that goes through an
 * object's members finds them: they would be lost without a word.
 *
 * @throws {NangoInputError} naming the method and the argument
 */
export function requireNamed(value: unknown, parameter: string, operation: string): asserts value is object {
    if (typeof value === 'object' && value !== null && !losesEntries(value)) return;
    throw argumentError(
        operation,
        parameter,
        `must be a plain object of names and values; Object.fromEntries(…) makes one, got ${describe(value)}`,
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
    throw argumentError(operation, parameter, `must be an object, e.g. ${example}; got ${describe(value)}`);
}

/**
 * Checks that an object has no member that nobody reads, such as a misspelled one; see {@link unknownMember}. What holds its values as
 * entries is refused too.
 *
 * @throws {NangoInputError} naming the method, the member and the nearest known one
 */
export function requireKnown(
    value: object,
    known: Readonly<Record<string, true>>,
    operation: string,
    what = 'its members',
    { parameter, mayHaveOthers }: { parameter?: string; mayHaveOthers?: boolean } = {},
): void {
    // The members of an array, a `Map` or a `URLSearchParams` are not those that are read: a filter in one would be none.
    const inEntries = Array.isArray(value) || (Symbol.iterator in value && Object.keys(value).length === 0);
    const unknown = inEntries
        ? `pass a plain object of ${what}; Object.fromEntries(…) makes one, got ${describe(value)}`
        : unknownMember(value, known, what, mayHaveOthers);
    if (unknown) throw new NangoInputError(`${operation}: ${unknown}`, parameter ? { operation, parameter } : { operation });
}

/**
 * The members of a selection, own or inherited, each read once.
 *
 * @throws {NangoInputError} for a member that nobody reads
 */
export function readKnown<T extends object>(value: T, known: KnownMembers<T>, operation: string): T {
    requireKnown(value, known, operation);
    return readMembers(value, known);
}

/** Not all that can be iterated is refused: the headers of axios are members too. */
function losesEntries(value: object): boolean {
    if (!(Symbol.iterator in value)) return false;
    const inMembers = !Array.isArray(value) && Object.keys(value).length > 0;
    return !inMembers && [...(value as Iterable<unknown>)].length > 0;
}
