import { isDeepStrictEqual } from 'node:util';
import type { DescribedFunction, DescribedIntegration, JsonSchema } from '../described.js';
import type { KeyOf } from './normalize-schema.js';

/** A definition, and how to find what it refers to. */
export interface Definition {
    schema: unknown;
    keyOf: KeyOf;
}

/** The definitions of an integration's functions, each under a key of its own. */
export interface Definitions {
    byKey: Map<string, Definition>;
    /** The key of a function's model; undefined when the function has no schema of that name. */
    keyOf(declaring: DescribedFunction, model: string): string | undefined;
}

/**
 * Puts the schemas of all functions of an integration together. Functions that were deployed at different times may mean different
 * schemas by one name: the second is then called `Issue (list-issues)`, after its function.
 */
export function collectDefinitions({ syncs, actions }: Pick<DescribedIntegration, 'syncs' | 'actions'>): Definitions {
    const byKey = new Map<string, Definition>();
    const keys = new Map<DescribedFunction, Map<string, string>>();
    for (const declaring of byName([...syncs, ...actions])) {
        const own = flatten(declaring.schema);
        const namesToKeys = new Map<string, string>();
        keys.set(declaring, namesToKeys);
        for (const [name, schema] of own) {
            const known = byKey.get(name);
            namesToKeys.set(
                name,
                known === undefined || isDeepStrictEqual(known.schema, schema) ? name : `${name} (${declaring.name})`,
            );
        }
        for (const [name, schema] of own) {
            const key = namesToKeys.get(name) as string;
            if (!byKey.has(key)) byKey.set(key, { schema, keyOf: (ref) => resolve(ref, name, namesToKeys) });
        }
    }
    return { byKey, keyOf: (declaring, model) => keys.get(declaring)?.get(model) };
}

/** Definitions within a definition, as zod writes them for recursive types, become definitions beside it. */
function flatten(schema: JsonSchema | null): [string, unknown][] {
    return Object.entries(definitionsOf(schema)).flatMap(([name, definition]): [string, unknown][] => {
        const inner = Object.entries(definitionsOf(definition));
        if (inner.length === 0) return [[name, definition]];
        const { $defs: _defs, definitions: _definitions, ...outer } = definition as JsonSchema;
        return [[name, outer], ...inner.map(([part, value]): [string, unknown] => [`${name}/${part}`, value])];
    });
}

function definitionsOf(schema: unknown): Record<string, unknown> {
    const { definitions, $defs } = Object(schema) as JsonSchema;
    return { ...Object(definitions), ...Object($defs) };
}

/** A reference counts from the definition's own root, as zod writes it, or from the root of the function's schema. */
function resolve(ref: string, from: string, keys: Map<string, string>): string | undefined {
    const [root] = from.split('/') as [string];
    if (ref === '#') return keys.get(root);
    const [, name, inner] = /^#\/(?:definitions|\$defs)\/([^/]+)(?:\/(?:definitions|\$defs)\/([^/]+))?$/.exec(ref) ?? [];
    if (name === undefined) return undefined;
    if (inner !== undefined) return keys.get(`${decodePointer(name)}/${decodePointer(inner)}`);
    return keys.get(`${root}/${decodePointer(name)}`) ?? keys.get(decodePointer(name));
}

function decodePointer(segment: string): string {
    const unescaped = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    try {
        return decodeURIComponent(unescaped);
    } catch {
        return unescaped;
    }
}

/** In an order that does not depend on the one in which they came. */
export function byName<T extends { name: string }>(functions: readonly T[]): T[] {
    return [...functions].sort((a, b) => compare(a.name, b.name));
}

/** Orders by code unit: the same in each locale. */
export function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}
