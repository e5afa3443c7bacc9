import type { z } from 'zod';
import { suggestion } from './nearest.js';
import { type GivenIssue, respell } from './respell.js';
import { discriminatorsOf, partsOf } from './schema-members.js';

export type Given<T> = { data: T; issues?: undefined } | { data?: undefined; issues: GivenIssue[] };

/**
 * Checks what a developer wrote: options, seeds, the arguments of control calls. Both spellings of a name are taken; a name that is
 * unknown, at any depth, is an issue that says which was probably meant.
 */
export function readGiven<S extends z.ZodType>(schema: S, given: unknown): Given<z.output<S>> {
    const issues: GivenIssue[] = [];
    const value = respell(schema, given, issues);
    if (issues.length > 0) return { issues };
    const parsed = schema.safeParse(value);
    return parsed.success ? { data: parsed.data } : { issues: explain(schema, value, parsed.error.issues) };
}

/** One line for each issue. What names the option itself needs no path before it. */
export function asLines(issues: readonly GivenIssue[]): string[] {
    return issues.map(({ path, message }) =>
        path.length === 1 && message.startsWith('unknown option') ? message : `${path.join('.') || '(top)'}: ${message}`,
    );
}

type Issue = z.core.$ZodIssue;

function explain(schema: z.ZodType, value: unknown, issues: readonly Issue[]): GivenIssue[] {
    return issues.flatMap((issue) => {
        const path = issue.path.map(String);
        const at = descend(schema, value, issue.path);
        if (issue.code === 'unrecognized_keys') {
            const parts = at.schema ? partsOf(at.schema, at.value) : undefined;
            const known = parts?.kind === 'object' ? Object.keys(parts.members) : [];
            return issue.keys.map((key) => ({
                path: [...path, key],
                message: `unknown option "${key}"${suggestion(key, known)}`,
            }));
        }
        if (issue.code === 'invalid_value' && issue.values.length > 1)
            return [{ path, message: noSuchWord(at.value, issue.values.map(String)) }];
        if (issue.code === 'invalid_union' && issue.errors.length === 0) {
            const union = descend(schema, value, issue.path.slice(0, -1)).schema;
            return [{ path, message: noSuchWord(at.value, union ? discriminatorsOf(union, path.at(-1) ?? '') : []) }];
        }
        if (issue.code === 'invalid_union') {
            // The option that the value was meant as: the one that it is not wrong for as a whole.
            const meant = issue.errors.find((inner) =>
                inner.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
            );
            if (meant && at.schema) return within(path, explain(at.schema, at.value, meant));
        }
        if (issue.code === 'invalid_union' && issue.message === 'Invalid input') return [{ path, message: oneOf(issue.errors) }];
        return [{ path, message: issue.message }];
    });
}

const within = (path: string[], issues: GivenIssue[]) => issues.map((one) => ({ ...one, path: [...path, ...one.path] }));

/** What the options of a union would take. */
function oneOf(options: readonly (readonly Issue[])[]): string {
    const expected = options.flatMap((issues) =>
        issues.flatMap((issue) => {
            if (issue.path.length > 0) return [];
            if (issue.code === 'invalid_type') return [issue.expected];
            return issue.code === 'invalid_value' ? issue.values.map((value) => JSON.stringify(value)) : [issue.message];
        }),
    );
    return expected.length === 0 ? 'Invalid input' : `Invalid input: expected ${[...new Set(expected)].join(' or ')}`;
}

function noSuchWord(value: unknown, known: readonly string[]): string {
    if (value === undefined) return `is missing${suggestion('', known)}`;
    if (typeof value !== 'string') return `must be a text${suggestion('', known)}`;
    return `there is no ${JSON.stringify(value.slice(0, 100))}${suggestion(value, known)}`;
}

/** The schema and the value at a path. */
function descend(
    schema: z.ZodType,
    value: unknown,
    path: readonly PropertyKey[],
): { schema?: z.ZodType | undefined; value: unknown } {
    let at: { schema?: z.ZodType | undefined; value: unknown } = { schema, value };
    for (const step of path) {
        const parts = at.schema ? partsOf(at.schema, at.value) : undefined;
        const inner =
            parts?.kind === 'object' ? parts.members[String(step)] : parts && parts.kind !== 'other' ? parts.of : undefined;
        at = { schema: inner, value: (at.value as Record<PropertyKey, unknown> | null | undefined)?.[step] };
    }
    return at;
}
