import type { z } from 'zod';
import { zuluDate } from '../base/dates.js';
import type { FunctionRow } from './function-row.js';
import type { deployedFunction, functionTemplate } from './function-schemas.js';

const described = ({ name, description, scopes }: FunctionRow) => ({ name, description, scopes });
const typed = ({ input, returns, jsonSchema }: FunctionRow) => ({
    ...(input === null ? {} : { input }),
    returns,
    json_schema: jsonSchema,
});

/** What the catalogue says of a sync or an action (contract 5.3). */
export function presentTemplate(row: FunctionRow & { type: 'sync' | 'action' }): z.output<typeof functionTemplate> {
    if (row.type === 'action') return { type: 'action', ...described(row), ...typed(row) };
    const { frequency: runs, autoStart: auto_start, trackDeletes: track_deletes } = row;
    return { type: 'sync', ...described(row), ...typed(row), runs, auto_start, track_deletes };
}

/** A function as it is deployed (contract 7.1). */
export function presentFunction(row: FunctionRow): z.output<typeof deployedFunction> {
    const deployed = {
        id: row.id,
        enabled: row.enabled,
        last_deployed: zuluDate(row.lastDeployed),
        source: row.source,
    };
    if (isTemplate(row)) return { ...presentTemplate(row), ...deployed };
    return { type: 'on-event', ...described(row), event: row.event ?? 'post-connection-creation', ...deployed };
}

export const isTemplate = (row: FunctionRow): row is FunctionRow & { type: 'sync' | 'action' } => row.type !== 'on-event';
