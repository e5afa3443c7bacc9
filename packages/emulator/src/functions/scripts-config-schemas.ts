import { z } from 'zod';
import { zuluDate } from '../base/formats.js';

const text = z.string();
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'PROPFIND', 'REPORT'] as const;

const flow = z.strictObject({
    id: z.number(),
    name: text,
    type: z.enum(['sync', 'action']),
    returns: z.array(text),
    description: text,
    attributes: z.strictObject({}),
    scopes: z.array(text),
    version: text,
    source: z.enum(['catalog', 'standalone', 'repo']),
    endpoints: z.array(z.strictObject({ method: z.enum(methods), path: text, group: text.nullable() })),
    input: text.optional(),
    enabled: z.boolean(),
    last_deployed: zuluDate,
    webhookSubscriptions: z.array(z.never()),
    json_schema: z.record(text, z.unknown()).nullable(),
    sdk_version: z.null(),
    models: z.array(z.never()),
    features: z.array(z.never()),
    sync_type: z.enum(['full', 'incremental']).optional(),
    auto_start: z.boolean().optional(),
    runs: text.nullable().optional(),
    track_deletes: z.boolean().optional(),
});

/** The deployed functions by integration (contract 9). */
export const scriptsConfig = z.array(
    z.strictObject({
        providerConfigKey: z.string(),
        provider: z.string(),
        syncs: z.array(flow),
        actions: z.array(flow),
        'on-events': z.array(z.never()),
    }),
);

/** The deployed functions as OpenAI tools (contract 9). */
export const openAiConfig = z.strictObject({
    data: z.array(
        z.strictObject({
            name: z.string(),
            description: z.string(),
            parameters: z.strictObject({
                type: z.literal('object'),
                properties: z.record(z.string(), z.unknown()),
                required: z.array(z.string()),
            }),
        }),
    ),
});
