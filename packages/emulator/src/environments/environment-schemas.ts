import { z } from 'zod';
import { abort, zuluDate } from '../base/formats.js';

export const variables = z.array(z.strictObject({ name: z.string(), value: z.string() }));

export const emptyBody = z.strictObject({}).optional();

export const createEnvironmentBody = z.strictObject({
    name: z
        .string()
        .regex(/^[a-z0-9_-]+$/)
        .max(255),
    is_production: z.boolean().optional(),
    callback_url: z.url().optional(),
    hmac_key: z.string().max(1000).optional(),
    hmac_enabled: z.boolean().optional(),
    slack_notifications: z.boolean().optional(),
    otlp_endpoint: z.union([z.url(abort), z.literal('')]).optional(),
    otlp_headers: z
        .array(z.strictObject({ name: z.string(), value: z.string() }))
        .max(100)
        .optional(),
});

export const environmentParams = z.strictObject({ environmentId: z.coerce.number().int().positive() });

export const createKeyBody = z.strictObject({
    environment_id: z.coerce.number().int().positive(),
    display_name: z.string().min(1).max(255),
});

export const deleteKeyBody = z.strictObject({
    environment_id: z.coerce.number().int().positive(),
    key_id: z.coerce.number().int().positive(),
});

export const createdKey = z.strictObject({
    id: z.number(),
    display_name: z.string(),
    scopes: z.array(z.string()),
    secret: z.string(),
    created_at: zuluDate,
});
