import { z } from 'zod';
import { connectionId, functionName, providerConfigKey, strictSyncIdentifier, syncIdentifier } from '../base/formats.js';
import { frequencyForm } from './frequency.js';

/** Neither key nor id is looked at here: unknown ones are refused, whatever they look like. */
export const triggerBody = z.strictObject({
    syncs: z.array(syncIdentifier),
    sync_mode: z.enum(['incremental', 'full_refresh', 'full_refresh_and_clear_cache']).optional(),
    full_resync: z.boolean().optional(),
    connection_id: z.string().optional(),
    provider_config_key: z.string().optional(),
    opts: z.object({ reset: z.boolean().optional(), emptyCache: z.boolean().optional() }).optional(),
});

export const commandBody = z.strictObject({
    syncs: z.array(strictSyncIdentifier).max(256),
    provider_config_key: providerConfigKey,
    connection_id: connectionId.optional(),
});

export const statusQuery = z.strictObject({
    syncs: z.string(),
    provider_config_key: providerConfigKey,
    connection_id: connectionId.optional(),
});

const count = z.strictObject({ added: z.number(), updated: z.number(), deleted: z.number() });
const status = z.enum(['RUNNING', 'PAUSED', 'STOPPED', 'SUCCESS', 'ERROR']);

/** The state of one sync of one connection (contract 11.3). */
export const syncStatus = z.strictObject({
    id: z.string(),
    name: z.string(),
    variant: z.string(),
    connection_id: z.string(),
    type: z.enum(['INCREMENTAL', 'INITIAL']),
    status,
    latestExecutionStatus: status.optional(),
    finishedAt: z.iso.datetime().optional(),
    nextScheduledSyncAt: z.iso.datetime().nullable(),
    frequency: z.string().nullable(),
    latestResult: z.record(z.string(), count).optional(),
    recordCount: z.record(z.string(), z.number()),
    checkpoint: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
});

export const frequencyBody = z.strictObject({
    sync_name: functionName,
    sync_variant: functionName.optional().default('base'),
    provider_config_key: providerConfigKey,
    connection_id: connectionId,
    frequency: z.string().regex(frequencyForm).nullable(),
});

/** What the schedule follows now (contract 11.4). */
export const changedFrequency = z.strictObject({ frequency: z.string() });

export const variantParams = z.strictObject({ name: functionName, variant: functionName });
export const variantBody = z.strictObject({ provider_config_key: providerConfigKey, connection_id: connectionId });
