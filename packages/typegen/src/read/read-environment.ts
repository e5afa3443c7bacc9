import { NangoAuthenticationError, NangoError, NangoNetworkError, NangoNotFoundError, NangoPermissionError } from '@x/core';
import { Functions, Integrations, Providers, ScriptsConfig } from '@x/integrations';
import type { ConfigField, DescribedFunction, DescribedIntegration } from '../described.js';
import { TypegenError } from '../typegen-error.js';

/** Which environment to read. */
export interface ReadEnvironmentOptions {
    /** API key of the environment. It needs to read integrations and their functions, and nothing else. */
    apiKey: string;
    /** Origin of the server. @default 'https://api.nango.dev' */
    host?: string | undefined;
    /** Fetch to use, e.g. an emulator's. @default the runtime's own */
    fetch?: typeof fetch | undefined;
}

type WireFunction = {
    name: string;
    description?: string;
    input?: string | undefined;
    returns: string[];
    json_schema: object | null;
};

/**
 * Reads the integrations of a running environment, with what is deployed to each.
 *
 * @throws {TypegenError} the key is refused, the host can't be reached, or nothing is deployed
 * @example
 * ```ts
 * import { generateTypes, readEnvironment } from '@x/typegen';
 *
 * const integrations = await readEnvironment({ apiKey: process.env.NANGO_API_KEY ?? '' });
 * const { code } = await generateTypes(integrations);
 * ```
 */
export async function readEnvironment({ apiKey, host, fetch }: ReadEnvironmentOptions): Promise<DescribedIntegration[]> {
    if (!apiKey)
        throw new TypegenError('No API key: set NANGO_API_KEY to the key of the environment (Environment settings > API keys).');
    try {
        const integrations = await readAll(new Integrations({ apiKey, host, ...(fetch && { fetch }), retry: { limit: 1 } }));
        if (integrations.every(({ syncs, actions }) => syncs.length + actions.length === 0))
            throw new TypegenError(nothingDeployed(integrations.length));
        return integrations;
    } catch (error) {
        throw explain(error, host ?? 'https://api.nango.dev');
    }
}

async function readAll(client: Integrations): Promise<DescribedIntegration[]> {
    const { configs } = await client.listIntegrations();
    const ids = configs.map(({ unique_key, provider }) => ({ id: unique_key, provider }));
    const deployed = await readFunctions(
        client,
        ids.map(({ id }) => id),
    );
    const providers = new Map((await new Providers(client).listProviders()).data.map((provider) => [provider.name, provider]));
    return ids.map(({ id, provider }) => ({
        id,
        provider,
        syncs: deployed.get(id)?.syncs ?? [],
        actions: deployed.get(id)?.actions ?? [],
        connectionConfig: describeConfig(providers.get(provider)?.connection_config),
    }));
}

type Deployed = Map<string, { syncs: DescribedFunction[]; actions: DescribedFunction[] }>;

/**
 * The list of one integration is exact. `GET /scripts/config`, which older servers have alone, merges the integrations of one provider
 * under the key of the first.
 */
async function readFunctions(client: Integrations, ids: string[]): Promise<Deployed> {
    const deployed: Deployed = new Map();
    for (const id of ids) {
        try {
            deployed.set(id, await readFunctionsOf(client, id));
        } catch (error) {
            if (error instanceof NangoNotFoundError) return readScriptsConfig(client);
            throw error;
        }
    }
    return deployed;
}

async function readFunctionsOf(client: Integrations, uniqueKey: string) {
    const functions = new Functions(client);
    const syncs: DescribedFunction[] = [];
    const actions: DescribedFunction[] = [];
    for (let page = 0, read = 0; ; page++) {
        const { data, pagination } = await functions.listFunctions({ uniqueKey }, { page, limit: 100 });
        for (const found of data) {
            if (found.type === 'sync') syncs.push(describe(found));
            if (found.type === 'action') actions.push(describe(found));
        }
        read += data.length;
        if (data.length === 0 || read >= pagination.total) return { syncs, actions };
    }
}

async function readScriptsConfig(client: Integrations): Promise<Deployed> {
    const scripts = await new ScriptsConfig(client).getScriptsConfig();
    return new Map(
        scripts.map(({ providerConfigKey, syncs, actions }) => [
            providerConfigKey,
            { syncs: syncs.map(describe), actions: actions.map(describe) },
        ]),
    );
}

function describe({ name, description, input, returns, json_schema }: WireFunction): DescribedFunction {
    return { name, description, input, returns, schema: json_schema };
}

type WireField = { description?: string; optional?: boolean; automated?: boolean; enum?: string[] };

function describeConfig(fields: Record<string, WireField> | undefined): Record<string, ConfigField> {
    return Object.fromEntries(
        Object.entries(fields ?? {}).map(([name, field]) => [
            name,
            { description: field.description, optional: Boolean(field.optional || field.automated), values: field.enum },
        ]),
    );
}

function nothingDeployed(integrations: number): string {
    if (integrations === 0)
        return 'The environment has no integration. Is it the environment that you meant? The API key chooses it.';
    return `Nothing is deployed to the environment's ${integrations === 1 ? 'integration' : `${integrations} integrations`}. Run \`nango deploy\`, or read a folder with --folder.`;
}

function explain(error: unknown, host: string): unknown {
    if (error instanceof NangoAuthenticationError)
        return new TypegenError(
            `${host} refuses the API key (${error.code}). Is NANGO_API_KEY a key of an environment of this host?`,
        );
    if (error instanceof NangoPermissionError)
        return new TypegenError(`The API key may not read integrations and their functions: ${error.message}`);
    if (error instanceof NangoNetworkError)
        return new TypegenError(`${host} can't be reached: ${error.message} Is NANGO_HOST right, and the server up?`);
    return NangoError.isInstance(error) ? new TypegenError(`Reading ${host} failed: ${error.message}`) : error;
}
