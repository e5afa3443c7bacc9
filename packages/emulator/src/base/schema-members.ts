import type { z } from 'zod';

/** What the functions here look at of a schema: zod's own description of it. */
interface Definition {
    type: string;
    innerType?: z.ZodType;
    in?: z.ZodType;
    shape?: Record<string, z.ZodType>;
    element?: z.ZodType;
    valueType?: z.ZodType;
    options?: z.ZodType[];
    discriminator?: string;
    values?: unknown[];
}

const definition = (schema: z.ZodType) => schema._zod.def as unknown as Definition;

/** A schema without `optional()`, `nullable()`, `transform()` and the like around it. */
function core(schema: z.ZodType): z.ZodType {
    const { innerType, in: input } = definition(schema);
    const inner = innerType ?? input;
    return inner ? core(inner) : schema;
}

/** Loose objects of which more is known than their schema checks, such as credentials. */
const moreMembers = new WeakMap<z.ZodType, (value: Record<string, unknown>) => Record<string, z.ZodType> | undefined>();

/** Say which members a loose object usually has: others may be there, but none that is nearly one of these. */
export function withMembers<T extends z.ZodType>(
    schema: T,
    members: (value: Record<string, unknown>) => Record<string, z.ZodType> | undefined,
): T {
    moreMembers.set(schema, members);
    return schema;
}

/** What a schema says about a value's parts. */
export type Parts =
    | { kind: 'object'; members: Record<string, z.ZodType>; guess: boolean }
    | { kind: 'list' | 'record'; of: z.ZodType }
    | { kind: 'other' };

/** The parts that a value has by its schema; of a union those of the option that the value is meant as. */
export function partsOf(schema: z.ZodType, value: unknown): Parts {
    const inner = core(schema);
    const { type, shape = {}, element, valueType, options = [], discriminator } = definition(inner);
    if (type === 'array' && element) return { kind: 'list', of: element };
    if (type === 'record' && valueType) return { kind: 'record', of: valueType };
    if (type === 'union') {
        const option = options.find((one) => isMeantAs(one, value, discriminator));
        return option ? partsOf(option, value) : { kind: 'other' };
    }
    if (type !== 'object') return { kind: 'other' };
    const more =
        typeof value === 'object' && value !== null ? moreMembers.get(inner)?.(value as Record<string, unknown>) : undefined;
    return { kind: 'object', members: { ...more, ...shape }, guess: more !== undefined };
}

/** The members of the object that a value is meant as. */
export function membersOf(schema: z.ZodType, value: unknown): Record<string, z.ZodType> {
    const parts = partsOf(schema, value);
    return parts.kind === 'object' ? parts.members : {};
}

function isMeantAs(option: z.ZodType, value: unknown, discriminator: string | undefined): boolean {
    const { type, shape = {}, options = [] } = definition(core(option));
    if (type === 'union') return options.some((one) => isMeantAs(one, value, discriminator));
    if (Array.isArray(value)) return type === 'array';
    if (typeof value !== 'object' || value === null) return false;
    if (type === 'record') return true;
    if (type !== 'object') return false;
    if (discriminator === undefined) return true;
    const mark = shape[discriminator];
    return mark?.safeParse((value as Record<string, unknown>)[discriminator]).success ?? false;
}

/** The words that a value may be, by the schemas of a union's options: for the member that distinguishes them. */
export function discriminatorsOf(schema: z.ZodType, name: string): string[] {
    return (definition(core(schema)).options ?? []).flatMap((option) => {
        const mark = definition(core(option)).shape?.[name];
        return mark ? (definition(mark).values ?? []).map(String) : discriminatorsOf(option, name);
    });
}
