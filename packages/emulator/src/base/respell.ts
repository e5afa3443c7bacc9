import type { z } from 'zod';
import { nearest } from './nearest.js';
import { partsOf } from './schema-members.js';

/** Something wrong, and where. */
export interface GivenIssue {
    path: string[];
    message: string;
}

/**
 * The same value with its members named as the schema names them: `webhookUrl` and `webhook_url` are the same word in two spellings. Names
 * that only nearly fit are issues where the schema itself takes any.
 */
export function respell(schema: z.ZodType, value: unknown, issues: GivenIssue[], path: string[] = []): unknown {
    const parts = partsOf(schema, value);
    if (parts.kind === 'list' && Array.isArray(value))
        return value.map((item, index) => respell(parts.of, item, issues, [...path, String(index)]));
    if (typeof value !== 'object' || value === null || Array.isArray(value) || parts.kind === 'other') return value;
    if (!isPlain(value)) {
        issues.push({ path, message: 'must be a plain object' });
        return value;
    }
    const members: Record<string, z.ZodType> = parts.kind === 'object' ? parts.members : {};
    const named: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(value)) {
        const known = parts.kind === 'object' ? spelledAs(name, members) : name;
        // As if it were not there, which JSON makes of it.
        if (given === undefined && known === undefined) continue;
        if (known !== undefined && known !== name && Object.hasOwn(value, known))
            issues.push({ path: [...path, name], message: `is there twice, also as ${known}` });
        if (known === undefined && parts.kind === 'object' && parts.guess) {
            const meant = nearest(
                name,
                Object.keys(members).filter((other) => !Object.hasOwn(value, other)),
            );
            if (meant) issues.push({ path: [...path, name], message: `unknown option "${name}"; did you mean ${meant}?` });
        }
        const inner = parts.kind === 'record' ? parts.of : known === undefined ? undefined : members[known];
        named[known ?? name] = inner ? respell(inner, given, issues, [...path, name]) : given;
    }
    return named;
}

function spelledAs(name: string, members: Record<string, unknown>): string | undefined {
    return [name, snake(name), camel(name)].find((spelling) => Object.hasOwn(members, spelling));
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function isPlain(value: object): boolean {
    const prototype = Object.getPrototypeOf(value);
    // Also of another realm, such as jest's.
    return prototype === null || Object.getPrototypeOf(prototype) === null;
}
