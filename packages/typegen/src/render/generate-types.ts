import ts from 'typescript';
import type { DescribedFunction, DescribedIntegration } from '../described.js';
import { byName, collectDefinitions, compare, type Definitions } from '../schema/collect-definitions.js';
import { expressDefinitions } from '../schema/express-definitions.js';
import { typeNames } from './type-names.js';
import { type WrittenType, writeDefinitions } from './write-definitions.js';
import { docComment, indent, memberName, property, stringLiteral } from './write-text.js';

/** What {@link generateTypes} made. */
export interface GeneratedTypes {
    /** The file: TypeScript without imports and without code that runs. */
    code: string;
    /** One sentence for each type that could not be made and is `unknown` instead. */
    warnings: string[];
}

const header = `/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

// Types of this project's Nango integrations, made by @x/typegen. Do not edit: run the command again after a deployment.
// Use: new Nango<NangoTypes>({ … })
`;

/**
 * Writes the types of integrations: the names of their syncs, the records of their models, inputs and outputs of their actions, metadata and
 * connection config. The same integrations give the same text, whatever order they come in.
 *
 * @param integrations from {@link readEnvironment} or {@link readFolder}
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { generateTypes, readFolder } from '@x/typegen';
 *
 * const { code, warnings } = await generateTypes(await readFolder('nango-integrations'));
 * writeFileSync('src/nango.gen.ts', code);
 * for (const warning of warnings) console.warn(warning);
 * ```
 */
export async function generateTypes(integrations: readonly DescribedIntegration[]): Promise<GeneratedTypes> {
    const sorted = [...integrations].sort((a, b) => compare(a.id, b.id));
    const names = typeNames(sorted.map(({ id }) => id));
    const warnings: string[] = [];
    const parts: string[] = [];
    for (const integration of sorted) {
        parts.push(await writeIntegration(integration, names.get(integration.id) as string, (warning) => warnings.push(warning)));
    }
    const map = sorted.map(({ id }) => property(id, names.get(id) as string));
    const root = `/** All integrations by id. */\nexport type NangoTypes = ${block(map)};\n`;
    return { code: [header, root, ...parts].join('\n'), warnings };
}

async function writeIntegration(
    integration: DescribedIntegration,
    typeName: string,
    warn: (warning: string) => void,
): Promise<string> {
    const { id, provider } = integration;
    const definitions = collectDefinitions(integration);
    const expressed = expressDefinitions(definitions.byKey, (key, reason) =>
        warn(`${id}: the type of ${JSON.stringify(key)} is unknown: ${reason}.`),
    );
    const written = await writeDefinitions(expressed, (key) => reference(typeName, key));
    for (const [key, { type }] of written) {
        const { schema } = definitions.byKey.get(key) ?? {};
        const isOpen =
            schema === true || Object.keys(Object(schema)).every((member) => ['description', 'title'].includes(member));
        if (type === 'unknown' && !isOpen && Object.keys(expressed.get(key) ?? {}).length > 0)
            warn(`${id}: the type of ${JSON.stringify(key)} is unknown: its schema has no TypeScript equivalent.`);
    }
    const typeOf = (declaring: DescribedFunction, model: string) =>
        modelType(definitions, typeName, declaring, model, (reason) => warn(`${id}: ${reason}`));
    const members = [
        property('syncs', block(byName(integration.syncs).map((sync) => writeSync(sync)))),
        property('models', block(writeModels(integration.syncs, typeOf)), 'Records by model.'),
        property('actions', block(byName(integration.actions).map((action) => writeAction(action, typeOf)))),
        ...writeMetadata(integration.syncs, definitions, typeOf),
        ...writeConnectionConfig(integration),
        property('definitions', block(writeDefinitionMembers(written)), 'The types that the others are made of.'),
    ];
    const title =
        provider === undefined || provider === id
            ? `Integration \`${id}\`.`
            : `Integration \`${id}\` of provider \`${provider}\`.`;
    return `${docComment(title)}export type ${typeName} = ${block(members)};\n`;
}

function reference(typeName: string, key: string): ts.TypeNode {
    const literal = (text: string) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text, true));
    const root = ts.factory.createTypeReferenceNode(typeName);
    return ts.factory.createIndexedAccessTypeNode(
        ts.factory.createIndexedAccessTypeNode(root, literal('definitions')),
        literal(key),
    );
}

type TypeOf = (declaring: DescribedFunction, model: string) => string;

const builtIn: Record<string, string> = {
    string: 'string',
    number: 'number',
    integer: 'number',
    boolean: 'boolean',
    null: 'null',
    void: 'undefined',
    undefined: 'undefined',
    any: 'unknown',
    unknown: 'unknown',
    object: 'Record<string, unknown>',
    date: 'string',
};

function modelType(
    definitions: Definitions,
    typeName: string,
    declaring: DescribedFunction,
    model: string,
    warn: (reason: string) => void,
): string {
    const key = definitions.keyOf(declaring, model);
    if (key !== undefined) return `${typeName}['definitions'][${stringLiteral(key)}]`;
    if (model.endsWith('[]')) return `(${modelType(definitions, typeName, declaring, model.slice(0, -2), warn)})[]`;
    if (Object.hasOwn(builtIn, model)) return builtIn[model] as string;
    warn(`the type of ${JSON.stringify(model)} is unknown: ${declaring.name} was deployed without a schema of it.`);
    return 'unknown';
}

function writeSync({ name, description, returns }: DescribedFunction): string {
    const models = returns.length === 0 ? 'never' : [...returns].sort(compare).map(stringLiteral).join(' | ');
    return property(name, `{ models: ${models} }`, description);
}

function writeModels(syncs: readonly DescribedFunction[], typeOf: TypeOf): string[] {
    const models = new Map<string, Set<string>>();
    for (const sync of byName(syncs)) {
        for (const model of sync.returns) models.set(model, (models.get(model) ?? new Set()).add(typeOf(sync, model)));
    }
    return [...models].sort(([a], [b]) => compare(a, b)).map(([model, types]) => property(model, [...types].join(' | ')));
}

function writeAction(action: DescribedFunction, typeOf: TypeOf): string {
    const { name, description, input, returns, schema } = action;
    // Without a schema nothing is known of the input; with one, an action without an input takes none.
    const inputType = input === undefined ? (schema === null ? 'unknown' : 'undefined') : typeOf(action, input);
    const outputType = returns.map((model) => typeOf(action, model)).join(' | ') || (schema === null ? 'unknown' : 'null');
    return property(name, `{ input: ${inputType}; output: ${outputType} }`, description);
}

/** A connection carries the metadata of all of the integration's syncs. */
function writeMetadata(syncs: readonly DescribedFunction[], definitions: Definitions, typeOf: TypeOf): string[] {
    const types = new Set<string>();
    for (const sync of byName(syncs)) {
        if (sync.input === undefined) continue;
        const key = definitions.keyOf(sync, sync.input);
        const { type } = Object(key === undefined ? undefined : definitions.byKey.get(key)?.schema);
        if (type !== 'null' && sync.input !== 'void') types.add(typeOf(sync, sync.input));
    }
    return types.size === 0 ? [] : [property('metadata', [...types].join(' & '))];
}

function writeConnectionConfig({ connectionConfig }: DescribedIntegration): string[] {
    if (connectionConfig === undefined) return [];
    const fields = Object.entries(connectionConfig)
        .sort(([a], [b]) => compare(a, b))
        .map(([name, { description, optional, values }]) =>
            property(name, values === undefined ? 'string' : values.map(stringLiteral).join(' | '), description, optional),
        );
    return [property('connectionConfig', block(fields))];
}

function writeDefinitionMembers(written: Map<string, WrittenType>): string[] {
    return [...written]
        .sort(([a], [b]) => compare(a, b))
        .map(([key, { comment, type }]) => `${comment === '' ? '' : `${comment}\n`}${memberName(key)}: ${type};`);
}

function block(members: string[]): string {
    return members.length === 0 ? '{}' : `{\n${indent(members.join('\n'))}\n}`;
}
