import type { EmulatorContext } from '../context.js';
import type { Environment } from '../state/environment.js';
import { schemasOfAction, schemasOfSync } from './definition-schemas.js';
import type { FunctionRow } from './function-row.js';

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
    for (const defined of context.functions.defined()) {
        const { integrationId: id, name } = defined;
        if ((integrationId !== undefined && integrationId !== id) || !environment.integrations.has(id)) continue;
        deploy(context, environment, { integrationId: id, name, ...described(defined) });
    }
}

function described(defined: ReturnType<EmulatorContext['functions']['defined']>[number]) {
    const { integrationId, name, definition } = defined;
    const shared = {
        description: definition.description ?? '',
        scopes: [...(definition.scopes ?? [])],
        endpoints: endpoints(definition.endpoint),
        code: definition.run.toString(),
    };
    if (defined.type === 'action') {
        return {
            ...shared,
            ...schemasOfAction(integrationId, name, defined.definition),
            type: 'action' as const,
            enabled: defined.definition.enabled ?? true,
        };
    }
    const { frequency, autoStart, trackDeletes, syncType } = defined.definition;
    return {
        ...shared,
        ...schemasOfSync(integrationId, name, defined.definition),
        type: 'sync' as const,
        frequency: frequency ?? 'every hour',
        autoStart: autoStart ?? true,
        trackDeletes: trackDeletes ?? false,
        syncType: syncType ?? 'full',
    };
}

const endpoints = (endpoint: { method: string; path: string } | undefined) => (endpoint ? [{ ...endpoint, group: null }] : []);
