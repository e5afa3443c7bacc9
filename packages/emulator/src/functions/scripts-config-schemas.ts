import { z } from 'zod';
import { zuluDate } from '../base/formats.js';

const flow = z.looseObject({
    id: z.number(),
    name: z.string(),
    type: z.enum(['sync', 'action']),
    returns: z.array(z.string()),
    description: z.string(),
    enabled: z.boolean(),
    last_deployed: zuluDate,
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
