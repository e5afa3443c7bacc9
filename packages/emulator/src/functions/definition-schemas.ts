import type { ActionDefinition, JsonSchema, SyncDefinition } from './function-registry.js';

/** What is deployed of a definition's schemas: names of models, and the schemas under them as the vendor's command writes them. */
interface DeployedSchemas {
    input: string | null;
    returns: string[];
    jsonSchema: Record<string, unknown> | null;
}

/** @throws TypeError for what is no JSON schema */
export function schemasOfSync(
    integrationId: string,
    name: string,
    { model, models, metadata, jsonSchema }: SyncDefinition,
): DeployedSchemas {
    const input = metadata === undefined ? null : modelOf('SyncMetadata', integrationId, name);
    const definitions = { ...models, ...(input !== null && { [input]: metadata }) };
    const returns = model === undefined ? Object.keys(models ?? {}) : [model].flat();
    for (const each of Object.keys(models ?? {}))
        if (!returns.includes(each))
            throw new TypeError(`The sync ${name} has a schema of ${each}, which is none of its models.`);
    return { input, returns, jsonSchema: toJsonSchema(definitions, name, jsonSchema) };
}

/** @throws TypeError for what is no JSON schema */
export function schemasOfAction(
    integrationId: string,
    name: string,
    { input, output, jsonSchema }: ActionDefinition,
): DeployedSchemas {
    const named = (given: string | JsonSchema | undefined, prefix: string) =>
        given === undefined || typeof given === 'string' ? given : modelOf(prefix, integrationId, name);
    const names = { input: named(input, 'ActionInput'), output: named(output, 'ActionOutput') };
    const definitions = {
        ...(names.input !== undefined && typeof input !== 'string' && { [names.input]: input }),
        ...(names.output !== undefined && typeof output !== 'string' && { [names.output]: output }),
    };
    return {
        input: names.input ?? null,
        returns: names.output === undefined ? [] : [names.output],
        jsonSchema: toJsonSchema(definitions, name, jsonSchema),
    };
}

/** As the vendor's command names them, e.g. `ActionInput_google_drive_whoami`. */
function modelOf(prefix: string, integrationId: string, name: string): string {
    return [prefix, integrationId, name].join('_').replaceAll('-', '_');
}

/** @param whole what the definition itself has as the schema of all of its models */
function toJsonSchema(
    definitions: Record<string, unknown>,
    name: string,
    whole: Record<string, unknown> | undefined,
): Record<string, unknown> | null {
    const made = Object.entries(definitions).map(([model, schema]) => [model, copyOf(schema, model, name)]);
    if (made.length === 0) return whole ?? null;
    return { ...whole, definitions: { ...Object(whole?.definitions), ...Object.fromEntries(made) } };
}

/** A copy as it goes over the wire. The dialect is said of a whole document, not of a definition in one. */
function copyOf(schema: unknown, model: string, name: string): unknown {
    if (typeof schema === 'boolean') return schema;
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
        throw new TypeError(
            `The schema of ${model} of ${name} must be a JSON schema: an object, e.g. { type: 'object', properties: {} }.`,
        );
    if (Object.values(schema).some((member) => typeof member === 'function'))
        throw new TypeError(
            `The schema of ${model} of ${name} is one of a library. Pass JSON schema: with zod, z.toJSONSchema(schema).`,
        );
    const { $schema: _dialect, ...rest } = JSON.parse(JSON.stringify(schema));
    return rest;
}
