import { z } from 'zod';
import { booleanQuery, connectionId, functionName, providerConfigKey } from '../base/formats.js';

/** In the order in which they are reported: unlike records', the provider config key comes first (contract 13.1). */
export const actionHeaders = z.object({
    'provider-config-key': providerConfigKey,
    'connection-id': connectionId,
    'x-async': booleanQuery.optional().default(false),
    'x-max-retries': z.coerce.number().min(0).max(5).optional().default(0),
});

export const triggerActionBody = z.looseObject({ action_name: functionName, input: z.unknown().optional() });

export const actionParams = z.strictObject({ id: z.uuid() });

export const queuedAction = z.strictObject({ id: z.uuid(), statusUrl: z.string() });
