import { argumentError } from '../errors/input-error.js';
import type { QueryValue } from '../types/call-input.js';
import { describe } from './describe.js';
import { encodeWellFormed } from './path.js';

/**
 * Builds a query string with its leading `?`, or `''` when nothing is set.
 *
 * @throws {NangoInputError} for `NaN`, infinite numbers and values of another type
 */
export function buildQuery(query: Readonly<Record<string, QueryValue>> | undefined, operation: string): string {
    if (!query) return '';
    let text = '';
    for (const name in query) {
        const value = query[name];
        if (value === undefined) continue;
        if (Array.isArray(value)) {
            for (const item of value) text += pair(name, item, operation, text);
        } else {
            text += pair(name, value, operation, text);
        }
    }
    return text;
}

function pair(name: string, value: unknown, operation: string, before: string): string {
    const type = typeof value;
    if (type !== 'string' && type !== 'boolean' && !(type === 'number' && Number.isFinite(value))) {
        throw argumentError(operation, name, `must be text, a finite number or a boolean, got ${describe(value)}`);
    }
    return `${before === '' ? '?' : '&'}${encodeWellFormed(name, name, operation)}=${encodeWellFormed(String(value), name, operation)}`;
}
