import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import type { EmulatorContext } from '../context.js';
import { CodedError, InvalidBodyError } from '../errors/coded-error.js';
import type { Routes } from '../http/routes.js';
import { findConnection, functionOf, syncOf } from '../state/look-up.js';
import { parseFrequency, shortestFrequencyMs } from './frequency.js';
import { presentSyncStatus } from './present-sync-status.js';
import { commandSyncs } from './select-syncs.js';
import { changedFrequency, commandBody, frequencyBody, statusQuery, syncStatus, triggerBody } from './sync-schemas.js';

const done = z.strictObject({ success: z.literal(true) });
const commandErrors = { 400: ['unknown_provider_config', 'no_syncs_found'], 404: ['unknown_connection'] };

/** Commands to syncs, and what became of them (contract 11.1–11.4). */
export function registerSyncs(routes: Routes, context: EmulatorContext): void {
    routes.add(
        {
            method: 'post',
            path: '/sync/trigger',
            operation: 'triggerSync',
            contract: '11.1',
            summary: 'Run syncs once, beside their schedules',
            auth: keyWith('environment:syncs:execute'),
            body: triggerBody,
            success: { 200: done },
            errors: { ...commandErrors, 400: [...commandErrors[400], 'missing_provider_config_key'] },
        },
        ({ c, environment, body }) => {
            const providerConfigKey = body.provider_config_key || c.req.header('provider-config-key');
            const connectionId = body.connection_id || c.req.header('connection-id') || undefined;
            if (!providerConfigKey) {
                throw new CodedError(400, 'missing_provider_config_key', 'The provider config key is missing.');
            }
            if (body.opts && (body.sync_mode !== undefined || body.full_resync !== undefined)) {
                throw new InvalidBodyError('opts can not be combined with sync_mode or full_resync.');
            }
            const reset =
                body.opts?.reset ?? ((body.sync_mode !== undefined && body.sync_mode !== 'incremental') || body.full_resync);
            const emptyCache = body.opts?.emptyCache ?? body.sync_mode === 'full_refresh_and_clear_cache';
            commandSyncs(environment, { syncs: body.syncs, providerConfigKey, connectionId }, (sync) =>
                context.syncs.trigger(environment, sync, { reset: reset ?? false, emptyCache }),
            );
            return { success: true };
        },
    );

    for (const [name, operation, summary] of [
        ['start', 'startSync', 'Start the schedules of syncs: they run at once, then at their frequency'],
        ['pause', 'pauseSync', 'Pause the schedules of syncs'],
    ] as const) {
        routes.add(
            {
                method: 'post',
                path: `/sync/${name}`,
                operation,
                contract: '11.2',
                summary,
                auth: keyWith('environment:syncs:execute'),
                query: 'any',
                body: commandBody,
                success: { 200: done },
                errors: commandErrors,
            },
            ({ environment, body }) => {
                const { syncs, provider_config_key: providerConfigKey, connection_id: connectionId } = body;
                commandSyncs(environment, { syncs, providerConfigKey, connectionId }, (sync) => {
                    if (name === 'start') context.syncs.start(environment, sync);
                    else context.syncs.pause(sync);
                });
                return { success: true };
            },
        );
    }

    routes.add(
        {
            method: 'get',
            path: '/sync/status',
            operation: 'syncStatus',
            contract: '11.3',
            summary: 'Tell the state of syncs',
            auth: keyWith('environment:syncs:read'),
            query: statusQuery,
            success: { 200: z.strictObject({ syncs: z.array(syncStatus) }) },
        },
        ({ environment, query }) => {
            const connection =
                query.connection_id === undefined
                    ? undefined
                    : findConnection(environment, query.provider_config_key, query.connection_id, 'invalid-body');
            const wanted = new Set(query.syncs.split(',').map((name) => (name.includes('::') ? name : `${name}::base`)));
            const found = environment.syncs.filter(
                (sync) =>
                    sync.integrationId === query.provider_config_key &&
                    (!connection || sync.connection === connection.id) &&
                    (query.syncs === '*' || wanted.has(`${sync.name}::${sync.variant}`)),
            );
            return { syncs: found.map((sync) => presentSyncStatus(environment, sync)) };
        },
    );

    routes.add(
        {
            method: 'put',
            path: '/sync/update-connection-frequency',
            operation: 'updateSyncConnectionFrequency',
            contract: '11.4',
            summary: "Set a sync's frequency for one connection, or go back to the deployed one",
            auth: keyWith('environment:syncs:update'),
            body: frequencyBody,
            success: { 200: changedFrequency },
            errors: { 400: ['unknown_connection', 'unknown_sync'] },
        },
        ({ environment, body }) => {
            const connection = findConnection(environment, body.provider_config_key, body.connection_id, 'bare-400');
            const sync = syncOf(environment, connection.id, body.sync_name, body.sync_variant);
            if (!sync) throw new CodedError(400, 'unknown_sync');
            const frequency = body.frequency === null ? null : parseFrequency(body.frequency);
            if (frequency === undefined) throw new InvalidBodyError('This is no frequency: a number is missing.');
            if (frequency && frequency.ms < shortestFrequencyMs) {
                throw new InvalidBodyError('A sync can not run more often than every 30 seconds.');
            }
            sync.frequency = frequency?.text ?? null;
            context.syncs.reschedule(environment, sync);
            context.changed();
            return { frequency: sync.frequency ?? functionOf(environment, 'sync', sync)?.frequency ?? 'every hour' };
        },
    );
}
