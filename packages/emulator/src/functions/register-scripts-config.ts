import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { zuluDate } from '../base/dates.js';
import type { Routes } from '../http/routes.js';
import type { FunctionRow } from './function-row.js';
import { openAiConfig, scriptsConfig } from './scripts-config-schemas.js';

type JsonObject = { properties?: Record<string, Record<string, unknown>>; required?: string[]; [key: string]: unknown };

/** All deployed functions in one answer (contract 9). */
export function registerScriptsConfig(routes: Routes): void {
    routes.add(
        {
            method: 'get',
            path: '/scripts/config',
            operation: 'getScriptsConfig',
            contract: '9',
            summary: 'List all deployed functions by integration, or as OpenAI tools',
            auth: keyWith('environment:integrations:list_functions'),
            // Neither the format nor other keys are checked (contract 9).
            query: 'any',
            success: { 200: z.union([scriptsConfig, openAiConfig]) },
        },
        ({ c, environment }) => {
            const rows = environment.functions
                .filter((row) => row.type !== 'on-event' && environment.integrations.has(row.integrationId))
                .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
            if (rows.length === 0) return [];
            if (c.req.query('format') === 'openai') return { data: rows.map(presentTool) };
            const groups = new Map<string, { providerConfigKey: string; syncs: FunctionRow[]; actions: FunctionRow[] }>();
            for (const row of rows) {
                // Two integrations of one provider end up under the key of the first (contract 9).
                const provider = environment.integrations.get(row.integrationId)?.provider ?? '';
                const group = groups.get(provider) ?? { providerConfigKey: row.integrationId, syncs: [], actions: [] };
                groups.set(provider, group);
                (row.type === 'sync' ? group.syncs : group.actions).push(row);
            }
            return [...groups].map(([provider, { providerConfigKey, syncs, actions }]) => ({
                providerConfigKey,
                provider,
                syncs: syncs.map(presentFlow),
                actions: actions.map(presentFlow),
                'on-events': [],
            }));
        },
    );
}

function presentFlow(row: FunctionRow) {
    return {
        id: row.id,
        name: row.name,
        type: row.type,
        returns: row.returns,
        description: row.description,
        attributes: {},
        scopes: row.scopes,
        version: row.version,
        source: row.source,
        endpoints: row.endpoints,
        ...(row.input === null ? {} : { input: row.input }),
        enabled: row.enabled,
        last_deployed: zuluDate(row.lastDeployed),
        webhookSubscriptions: [],
        json_schema: row.jsonSchema,
        sdk_version: null,
        models: [],
        features: [],
        ...(row.type === 'sync'
            ? { sync_type: row.syncType, auto_start: row.autoStart, runs: row.frequency, track_deletes: row.trackDeletes }
            : {}),
    };
}

function presentTool(row: FunctionRow) {
    const schema = row.type === 'action' ? inputSchema(row) : undefined;
    const described = descriptionsIn(row.description);
    return {
        name: row.name,
        description: row.description,
        parameters: {
            type: 'object',
            properties: Object.fromEntries(
                Object.entries(schema?.properties ?? {}).map(([name, property]) => [
                    name,
                    { ...property, description: described.get(name) ?? property.description ?? `The ${name} of ${row.name}.` },
                ]),
            ),
            required: schema?.required ?? [],
        },
    };
}

/** The schema of the action's input model, inline or among the definitions of the whole. */
function inputSchema({ input, jsonSchema }: FunctionRow): JsonObject | undefined {
    const schema = jsonSchema as (JsonObject & { definitions?: Record<string, JsonObject> }) | null;
    return (input === null ? undefined : schema?.definitions?.[input]) ?? schema ?? undefined;
}

/** Lines of the form `- name: text` describe the input's fields. */
function descriptionsIn(description: string): Map<string, string> {
    const lines = description.split('\n').map((line) => /^- ([^:\s]+): (.+)$/.exec(line.trim()));
    return new Map(lines.flatMap((found) => (found ? [[found[1] as string, (found[2] as string).trim()]] : [])));
}
