import type { NangoInputError, QueryValue } from '@x/core';
import { inputError, requireNamed } from '@x/core/internal';
import type { ProxyParam } from './proxy-config.js';

/**
 * The names and values of a query, as `params` describe them: a list repeats its name, an object within becomes `name[member]`, a `Date` its
 * ISO text; `null` and `undefined` are left out.
 *
 * @throws {NangoInputError} for what no query can say, e.g. a function, a `Map` or `NaN`
 */
export function flattenParams(
    params: URLSearchParams | Readonly<Record<string, ProxyParam>>,
    operation: string,
): Record<string, QueryValue> {
    const flat = new Map<string, (string | number | boolean)[]>();
    const add = (name: string, value: unknown, within: readonly object[]): void => {
        if (value === null || value === undefined) return;
        if (typeof value !== 'object') {
            flat.set(name, [...(flat.get(name) ?? []), plain(value, name, operation)]);
            return;
        }
        if (isDate(value)) {
            add(name, isoText(value, name, operation), within);
            return;
        }
        if (within.includes(value)) throw refuse(name, 'holds itself', operation);
        const inner = [...within, value];
        if (Array.isArray(value)) {
            for (const [index, item] of value.entries()) add(isNested(item) ? `${name}[${index}]` : name, item, inner);
        } else {
            requireNamed(value, `params.${name}`, operation);
            if (!isPlain(value)) throw refuse(name, `can't be a ${value.constructor.name}`, operation);
            for (const [member, item] of Object.entries(value)) add(`${name}[${member}]`, item, inner);
        }
    };
    const pairs = isSearchParams(params) ? params.entries() : Object.entries(params);
    for (const [name, value] of pairs) add(name, value, []);
    return Object.fromEntries(flat);
}

function plain(value: unknown, name: string, operation: string): string | number | boolean {
    if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as string;
    if (typeof value === 'bigint') return String(value);
    throw refuse(name, `can't be ${typeof value === 'number' ? value : `a ${typeof value}`}`, operation);
}

function isoText(date: Date, name: string, operation: string): string {
    if (Number.isNaN(date.getTime())) throw refuse(name, 'is an invalid Date', operation);
    return date.toISOString();
}

const tag = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
const isDate = (value: unknown): value is Date => tag(value) === 'Date';
const isSearchParams = (value: unknown): value is URLSearchParams => tag(value) === 'URLSearchParams';
const isNested = (item: unknown) => typeof item === 'object' && item !== null && !isDate(item);

/** A class instance keeps what it means to say elsewhere than in its members. */
function isPlain(value: object): boolean {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse(name: string, fault: string, operation: string): NangoInputError {
    return inputError(
        operation,
        'params',
        `\`params.${name}\` ${fault}; pass text, numbers, booleans, dates, or lists and plain objects of them`,
    );
}
