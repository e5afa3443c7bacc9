import type { Schema } from './page-types.js';

const scheme = /^https?:\/\//i;

/**
 * The value that a person meant: people paste an address where a part of it is asked for. What stands before and behind the field is
 * taken off, and so are the scheme and the slashes at the end where only the host is wanted.
 */
export function enteredValue(typed: string, { prefix = '', suffix = '', format }: Schema): string {
    let value = typed.trim();
    const bare = scheme.test(prefix) || format === 'hostname';
    if (prefix && value.toLowerCase().startsWith(prefix.toLowerCase())) value = value.slice(prefix.length);
    else if (bare) value = value.replace(scheme, '');
    value = withoutEnd(value, suffix);
    if (!bare) return value;
    while (value.endsWith('/')) value = value.slice(0, -1);
    value = withoutEnd(value, suffix);
    return value;
}

const withoutEnd = (value: string, end: string) =>
    end && value.length > end.length && value.toLowerCase().endsWith(end.toLowerCase()) ? value.slice(0, -end.length) : value;
