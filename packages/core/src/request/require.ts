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
