import type { JsonSchema } from '../described.js';

/** Finds the definition that a reference means, e.g. `#/definitions/Issue`. */
export type KeyOf = (ref: string) => string | undefined;

/** Why a schema has no TypeScript type. */
export class InexpressibleSchema extends Error {}

const primitiveTypes = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'];
const ofSchemas = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const ofLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const ofSchema = ['additionalProperties', 'items', 'additionalItems', 'contains', 'not', 'propertyNames', 'if', 'then', 'else'];

/**
 * The same schema in the dialect that the type writer reads (OpenAPI 3.1), with references made to `#/components/schemas/…`.
 *
 * @param keyOf the key of the definition that a reference means; undefined when there is none
 * @throws {InexpressibleSchema} a reference leads nowhere, or a type is none of JSON's
 */
export function normalizeSchema(schema: unknown, keyOf: KeyOf): JsonSchema {
    if (schema === true) return {};
    if (schema === false) return { not: {} };
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
        throw new InexpressibleSchema(`${JSON.stringify(schema)} is not a schema`);
    const { $ref, ...rest } = schema as JsonSchema;
    // Beside a reference, other members count only in the newer drafts; the reference alone is right in all of them.
    if ($ref !== undefined) return { $ref: rewriteRef($ref, keyOf) };
    checkTypes(rest.type);
    if ('const' in rest) return ofConstant(rest);
    const members = Object.entries(rest).map(([key, value]): [string, unknown] => [key, normalizeMember(key, value, keyOf)]);
    return reconcile(Object.fromEntries(members));
}

function normalizeMember(key: string, value: unknown, keyOf: KeyOf): unknown {
    const normalize = (inner: unknown) => normalizeSchema(inner, keyOf);
    if (ofSchemas.includes(key)) {
        return Object.fromEntries(Object.entries(Object(value)).map(([name, inner]) => [name, normalize(inner)]));
    }
    if (ofLists.includes(key) || (key === 'items' && Array.isArray(value))) return (value as unknown[]).map(normalize);
    if (key === 'additionalProperties' && typeof value === 'boolean') return value;
    return ofSchema.includes(key) ? normalize(value) : value;
}

/**
 * What the writer would get wrong: tuples of older drafts and those that may go on, objects of which nothing is said, and members beside
 * which no other value would be assignable.
 */
function reconcile(schema: JsonSchema): JsonSchema {
    const { items, additionalItems, ...rest } = schema;
    if (Array.isArray(items)) return tuple(rest, items, additionalItems);
    if (Array.isArray(schema.prefixItems)) return tuple(rest, schema.prefixItems, items);
    if (saysNothing(schema)) return { ...schema, additionalProperties: {} };
    const known = schema.properties !== undefined && Object.keys(schema.properties).length > 0;
    if (known && typeof schema.additionalProperties === 'object') return { ...schema, additionalProperties: {} };
    return schema;
}

/** The writer has no tuple with a rest: then it is a list of all that may be in it. */
function tuple({ prefixItems: _prefix, ...schema }: JsonSchema, first: JsonSchema[], rest: JsonSchema | undefined): JsonSchema {
    const isClosed = rest === undefined || 'not' in rest;
    if (isClosed) return { ...schema, type: 'array', prefixItems: first, items: false };
    return { ...schema, type: 'array', items: { anyOf: [...first, rest] } };
}

const saying = ['properties', 'additionalProperties', 'patternProperties', ...ofLists];

/** `{ type: 'object' }` is any object; the writer would write an empty one. */
function saysNothing(schema: JsonSchema): boolean {
    return [schema.type].flat().includes('object') && !saying.some((member) => schema[member] !== undefined);
}

function ofConstant(schema: JsonSchema): JsonSchema {
    const { const: value, description } = schema;
    if (value === null) return { type: 'null', description };
    if (typeof value === 'object') return { type: Array.isArray(value) ? 'array' : 'object', description };
    return { const: value, description };
}

function checkTypes(type: unknown): void {
    for (const each of Array.isArray(type) ? type : [type])
        if (each !== undefined && !primitiveTypes.includes(each))
            throw new InexpressibleSchema(`there is no type ${JSON.stringify(each)}`);
}

function rewriteRef($ref: unknown, keyOf: KeyOf): string {
    const key = keyOf(String($ref));
    if (key === undefined) throw new InexpressibleSchema(`its reference ${JSON.stringify($ref)} leads nowhere`);
    return `#/components/schemas/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}
