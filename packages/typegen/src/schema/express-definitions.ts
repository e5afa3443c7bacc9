import type { JsonSchema } from '../described.js';
import type { Definition } from './collect-definitions.js';
import { InexpressibleSchema, normalizeSchema } from './normalize-schema.js';

/**
 * The definitions in the writer's dialect, by key. One that has no TypeScript type becomes `unknown`.
 *
 * @param warn is called with the key and the reason for each that has none
 */
export function expressDefinitions(
    definitions: Map<string, Definition>,
    warn: (key: string, reason: string) => void,
): Map<string, JsonSchema> {
    const expressed = new Map<string, JsonSchema>();
    for (const [key, { schema, keyOf }] of definitions) {
        try {
            expressed.set(key, normalizeSchema(schema, keyOf));
        } catch (error) {
            if (!(error instanceof InexpressibleSchema || error instanceof RangeError)) throw error;
            warn(key, error instanceof RangeError ? 'it is nested too deeply' : error.message);
            expressed.set(key, {});
        }
    }
    for (const key of expressed.keys()) {
        if (!isAliasOfItself(key, expressed)) continue;
        warn(key, 'it is defined as itself');
        expressed.set(key, {});
    }
    return expressed;
}

/** Whether a definition is reached again from itself without an object or array in between: TypeScript has no such type. */
function isAliasOfItself(key: string, definitions: Map<string, JsonSchema>): boolean {
    const seen = new Set<string>();
    const pending = aliasesIn(definitions.get(key));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (next === key) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        pending.push(...aliasesIn(definitions.get(next)));
    }
    return false;
}

function aliasesIn(schema: JsonSchema = {}): string[] {
    const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
    const own = $ref === undefined ? [] : [keyIn($ref)];
    return [...own, ...[...allOf, ...anyOf, ...oneOf].flatMap(aliasesIn)];
}

function keyIn($ref: string): string {
    return decodeURIComponent($ref.slice('#/components/schemas/'.length)).replaceAll('~1', '/').replaceAll('~0', '~');
}
