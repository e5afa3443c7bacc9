import { z } from 'zod';
import { functionName, providerConfigKey, zuluDate } from '../base/formats.js';

export const functionType = z.enum(['sync', 'action', 'on-event']);

export const listFunctionsQuery = z.strictObject({
    type: functionType.optional(),
    search: z.string().trim().min(1).max(255).optional(),
    page: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const functionQuery = z.strictObject({ type: functionType.optional() });
export const deleteFunctionQuery = z.strictObject({ type: z.enum(['sync', 'action']) });

export const functionParams = z.strictObject({ uniqueKey: providerConfigKey, name: functionName });

const deployed = {
    id: z.number(),
    enabled: z.boolean(),
    last_deployed: zuluDate,
    source: z.enum(['catalog', 'standalone', 'repo']),
};
const described = { name: z.string(), description: z.string().optional(), scopes: z.array(z.string()).optional() };
const typed = {
    input: z.string().optional(),
    returns: z.array(z.string()),
    json_schema: z.record(z.string(), z.unknown()).nullable(),
};

const sync = z.strictObject({
    type: z.literal('sync'),
    ...described,
    ...typed,
    runs: z.string().nullable(),
    auto_start: z.boolean(),
    track_deletes: z.boolean(),
});
const action = z.strictObject({ type: z.literal('action'), ...described, ...typed });

/** A function of the catalogue (contract 5.3). */
export const functionTemplate = z.discriminatedUnion('type', [sync, action]);

const event = z.enum(['post-connection-creation', 'pre-connection-deletion', 'validate-connection']);

/** A deployed function (contract 7.1). */
export const deployedFunction = z.discriminatedUnion('type', [
    sync.extend(deployed),
    action.extend(deployed),
    z.strictObject({ type: z.literal('on-event'), ...described, event, ...deployed }),
]);
