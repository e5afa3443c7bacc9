import { readFile } from 'node:fs/promises';
import { createEmulator, type Emulator } from '@x/emulator';
import type { DescribedIntegration } from '../src/index.js';
import { readEnvironment } from '../src/index.js';
import { nastySchemas } from './nasty-schemas.js';

interface Compiled {
    providerConfigKey: string;
    syncs: { name: string; description: string; input?: string; output: string[]; json_schema: Schemas }[];
    actions: { name: string; description: string; input: string; output: string[]; json_schema: Schemas }[];
}
type Schemas = { definitions: Record<string, Record<string, unknown>> };

/** An emulator with the functions of the compiled folder, and with the nasty schemas as models, metadata, inputs and outputs. */
export async function emulatorWithSchemas(): Promise<Emulator> {
    const compiled: Compiled[] = JSON.parse(
        await readFile(new URL('compiled-folder/.nango/nango.json', import.meta.url), 'utf8'),
    );
    const emulator = createEmulator({
        seed: {
            integrations: [
                { provider: 'github', unique_key: 'github' },
                { provider: 'google', unique_key: 'google-drive' },
                { provider: 'unauthenticated', unique_key: 'nasty-1' },
                { provider: 'unauthenticated', unique_key: 'nothing_deployed' },
            ],
        },
    });
    for (const { providerConfigKey: id, syncs, actions } of compiled) {
        for (const {
            name,
            description,
            input,
            output,
            json_schema: { definitions },
        } of syncs) {
            const models = Object.fromEntries(output.map((model) => [model, definitions[model] as Record<string, unknown>]));
            emulator.defineSync(id, name, {
                description,
                models,
                ...(input && { metadata: definitions[input]! }),
                run: () => [],
            });
        }
        for (const {
            name,
            description,
            input,
            output,
            json_schema: { definitions },
        } of actions)
            emulator.defineAction(id, name, {
                description,
                input: definitions[input]!,
                output: definitions[output[0]!]!,
                run: () => null,
            });
    }
    emulator.defineSync('nasty-1', 'all', { models: nastySchemas, metadata: nastySchemas.Maps!, run: () => [] });
    for (const name of ['Odd-Names', 'Recursive', 'Unions']) {
        const schema = nastySchemas[name] as Record<string, unknown>;
        emulator.defineAction('nasty-1', `use-${name}`, { input: schema, output: schema, run: () => null });
    }
    return emulator;
}

export async function readEmulator(emulator: Emulator): Promise<DescribedIntegration[]> {
    return readEnvironment({ apiKey: emulator.apiKey, host: emulator.url, fetch: emulator.fetch as typeof fetch });
}
