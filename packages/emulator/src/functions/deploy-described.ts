import type { z } from 'zod';
import { ActionError } from '../actions/action-error.js';
import type { EmulatorContext } from '../context.js';
import type { seedFunction } from '../seed/seed.js';
import type { Environment } from '../state/environment.js';
import { deploy } from './deploy.js';
import type { FunctionRow } from './function-row.js';

/** Deploy a function that is described in JSON. What it does is canned: a sync gives its records, an action its output. */
export function deployDescribed(
    context: EmulatorContext,
    environment: Environment,
    described: z.output<typeof seedFunction>,
): FunctionRow {
    const { integration, name, type, records } = described;
    const returns = described.returns ?? [];
    if (type === 'sync' && records) {
        context.functions.can({ type, integrationId: integration, name, definition: { model: returns, run: () => records } });
    }
    if (type === 'action' && ('output' in described || 'throws' in described)) {
        const run = () => {
            if (described.throws !== undefined) throw new ActionError(described.throws);
            return described.output;
        };
        context.functions.can({ type, integrationId: integration, name, definition: { run } });
    }
    if (type === 'on-event') {
        const run = () => {
            if (described.throws !== undefined) throw new ActionError(described.throws);
        };
        context.functions.can({ type, integrationId: integration, name, definition: { run } });
    }
    return deploy(context, environment, {
        integrationId: integration,
        type,
        name,
        description: described.description ?? '',
        scopes: described.scopes ?? [],
        input: described.input ?? null,
        returns,
        jsonSchema: described.json_schema ?? null,
        enabled: described.enabled ?? true,
        source: described.source ?? 'standalone',
        code: described.code ?? null,
        frequency: type === 'sync' ? (described.frequency ?? 'every hour') : null,
        autoStart: described.auto_start ?? true,
        trackDeletes: described.track_deletes ?? false,
        event: described.event ?? null,
        endpoints: described.endpoint ? [{ ...described.endpoint, group: null }] : [],
    });
}
