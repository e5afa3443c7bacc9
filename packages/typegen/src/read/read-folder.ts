import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DescribedFunction, DescribedIntegration, JsonSchema } from '../described.js';
import { TypegenError } from '../typegen-error.js';

interface CompiledFunction {
    name: string;
    description?: string;
    input?: string | { name?: string } | null;
    /** `output` in files of current versions, `returns` in older ones. */
    output?: (string | { name?: string })[] | null;
    returns?: string[];
    json_schema?: JsonSchema | null;
}

interface CompiledIntegration {
    providerConfigKey: string;
    syncs?: CompiledFunction[];
    actions?: CompiledFunction[];
}

/**
 * Reads a `nango-integrations` folder: `.nango/nango.json` and, where it exists, `.nango/schema.json`, as `nango compile` writes them.
 * No code of the folder is run.
 *
 * @param folder the folder that holds `.nango`
 * @throws {TypegenError} the folder was not compiled, the file is not what the vendor's CLI writes, or there is no function in it
 * @example
 * ```ts
 * import { generateTypes, readFolder } from '@x/typegen';
 *
 * const { code } = await generateTypes(await readFolder('nango-integrations'));
 * ```
 */
export async function readFolder(folder: string): Promise<DescribedIntegration[]> {
    const file = join(folder, '.nango', 'nango.json');
    const compiled = await readJson(file);
    if (compiled === undefined) throw new TypegenError(`${file} does not exist. Run \`nango compile\` in ${folder} first.`);
    if (!Array.isArray(compiled) || !compiled.every(isIntegration))
        throw new TypegenError(`${file} is not a list of integrations as \`nango compile\` writes it.`);
    const shared = (await readJson(join(folder, '.nango', 'schema.json'))) as JsonSchema | undefined;
    const integrations = compiled.map(({ providerConfigKey, syncs = [], actions = [] }) => ({
        id: providerConfigKey,
        syncs: syncs.map((compiled) => describe(compiled, shared)),
        actions: actions.map((compiled) => describe(compiled, shared)),
    }));
    if (integrations.every(({ syncs, actions }) => syncs.length + actions.length === 0))
        throw new TypegenError(`${file} has no sync and no action.`);
    return integrations;
}

function describe(compiled: CompiledFunction, shared: JsonSchema | undefined): DescribedFunction {
    const { name, description, input, output, returns, json_schema } = compiled;
    return {
        name,
        description,
        input: nameOf(input),
        returns: (output ?? returns ?? []).flatMap((model) => nameOf(model) ?? []),
        schema: json_schema ?? shared ?? null,
    };
}

function nameOf(model: string | { name?: string } | null | undefined): string | undefined {
    return typeof model === 'string' ? model : model?.name;
}

function isIntegration(value: unknown): value is CompiledIntegration {
    const { providerConfigKey, syncs, actions } = (value ?? {}) as Partial<CompiledIntegration>;
    return typeof providerConfigKey === 'string' && [syncs, actions].every((list) => list === undefined || Array.isArray(list));
}

async function readJson(file: string): Promise<unknown> {
    let text: string;
    try {
        text = await readFile(file, 'utf8');
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new TypegenError(`${file} can't be read: ${(error as Error).message}`);
    }
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new TypegenError(`${file} is not JSON: ${(error as Error).message}`);
    }
}
