import { z } from 'zod';
import { seedFunction, seedKey, seedRecords, seedSettings } from '../seed/seed.js';

export const anyJson = z.unknown();
export const anything = z.looseObject({});

export const clockBody = z
    .strictObject({
        /** Stop the clock: `true` for now, or at this moment. */
        freeze: z.union([z.literal(true), z.iso.datetime({ offset: true })]).optional(),
        /** Let it run on. */
        resume: z.literal(true).optional(),
        /** Move it forward by milliseconds; answers when all that fell due is done. */
        advance: z.number().min(0).max(3_153_600_000_000).optional(),
    })
    .refine((body) => Object.keys(body).length > 0, 'needs one of freeze, resume and advance')
    .refine((body) => body.freeze === undefined || body.resume === undefined, 'freeze and resume exclude each other');

export const clockState = z.strictObject({ now: z.iso.datetime(), frozen: z.boolean() });

export const placedFault = z.strictObject({ id: z.string(), fault: anything, seen: z.number(), struck: z.number() });

/** 0 ends an outage. */
export const restartBody = z.strictObject({ seconds: z.number().min(0).max(86_400) });

export const idParams = z.strictObject({ id: z.string() });

export const webhookBody = z
    .strictObject({
        /** The body to send; give it a `type`. */
        body: z.looseObject({ type: z.string() }),
        /** Whose `webhook_url_override` counts. */
        providerConfigKey: z.string().optional(),
        connectionId: z.string().optional(),
    })
    .refine(({ providerConfigKey, connectionId }) => (providerConfigKey === undefined) === (connectionId === undefined), {
        message: 'a connection has both a providerConfigKey and a connectionId',
    });

export const connectBody = z.strictObject({
    token: z.string(),
    integrationId: z.string(),
    credentials: anything.optional(),
    params: z.record(z.string(), z.string()).optional(),
    approve: z.boolean().optional(),
    deny: z.boolean().optional(),
});

export const settingsBody = seedSettings.extend({
    rate_limit: z
        .union(
            [
                z.literal(false),
                z.number().int().min(1),
                z.strictObject({ limit: z.number().int().min(1), windowMs: z.number().min(1) }),
            ],
            { error: 'must be a number of requests a minute, { limit, windowMs } or false' },
        )
        .optional(),
});

export const logEntry = z.strictObject({
    id: z.number(),
    at: z.string(),
    method: z.string(),
    path: z.string(),
    query: z.string(),
    status: z.number(),
    ms: z.number(),
    operation: z.string().nullable(),
    code: z.string().nullable(),
    fault: z.string().nullable(),
    userAgent: z.string().nullable(),
});

export { seedFunction, seedKey, seedRecords };
