import type { EmulatorContext } from '../context.js';
import type { Environment } from '../state/environment.js';
import type { FunctionRow } from '../state/rows.js';

const defaults = {
    description: '',
    scopes: [],
    input: null,
    returns: [],
    endpoints: [],
    jsonSchema: null,
    enabled: true,
    source: 'repo',
    code: null,
    version: '0.0.1',
    frequency: null,
    autoStart: true,
    trackDeletes: false,
    syncType: 'full',
    event: null,
} as const;

/** What a function is deployed from: its place, and whatever differs from the defaults. */
export type FunctionInput = Pick<FunctionRow, 'integrationId' | 'type' | 'name'> & Partial<FunctionRow>;

/** Deploy a function, or deploy it again; its syncs are given to the connections that are there. */
export function deploy(context: EmulatorContext, environment: Environment, input: FunctionInput): FunctionRow {
    const known = environment.functions.find(
        (row) =>
            row.integrationId === input.integrationId &&
            row.type === input.type &&
            row.name === input.name &&
            row.event === (input.event ?? null),
    );
    const row = environment.functions.set({
        ...defaults,
        scopes: [],
        returns: [],
        endpoints: [],
        lastDeployed: context.clock.now(),
        ...input,
        id: known?.id ?? context.ids.number('function'),
    });
    if (row.type === 'sync') context.syncs.deployed(environment, row);
    context.changed();
    return row;
}

/**
 * Deploy what `defineSync` and `defineAction` were given for an integration, if that exists: functions may be defined first. Without a
 * name, for all integrations.
 */
export function deployDefined(context: EmulatorContext, environment: Environment, integrationId?: string): void {
    if (environment !== context.store.environment) return;
    const wanted = (id: string) => (integrationId === undefined || id === integrationId) && environment.integrations.has(id);
    for (const { integrationId: id, name, definition } of context.functions.syncs()) {
        if (!wanted(id)) continue;
        deploy(context, environment, {
            integrationId: id,
            type: 'sync',
            name,
            description: definition.description ?? '',
            scopes: [...(definition.scopes ?? [])],
            returns: [definition.model].flat() as string[],
            frequency: definition.frequency ?? 'every hour',
            autoStart: definition.autoStart ?? true,
            trackDeletes: definition.trackDeletes ?? false,
            syncType: definition.syncType ?? 'full',
            endpoints: endpoints(definition.endpoint),
            code: definition.run.toString(),
        });
    }
    for (const { integrationId: id, name, definition } of context.functions.actions()) {
        if (!wanted(id)) continue;
        deploy(context, environment, {
            integrationId: id,
            type: 'action',
            name,
            description: definition.description ?? '',
            scopes: [...(definition.scopes ?? [])],
            input: definition.input ?? null,
            returns: definition.output === undefined ? [] : [definition.output],
            jsonSchema: definition.jsonSchema ?? null,
            enabled: definition.enabled ?? true,
            endpoints: endpoints(definition.endpoint),
            code: definition.run.toString(),
        });
    }
}

const endpoints = (endpoint: { method: string; path: string } | undefined) => (endpoint ? [{ ...endpoint, group: null }] : []);
