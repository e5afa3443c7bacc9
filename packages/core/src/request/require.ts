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
