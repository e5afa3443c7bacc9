import { z } from 'zod';
import type { AuthMode } from '../providers/provider.js';

const loose = z.looseObject({});

/** What the form of each auth mode sends (contract 16.4). */
export const authBodies: Partial<Record<AuthMode, z.ZodType>> = {
    API_KEY: z.strictObject({ apiKey: z.string().min(1) }),
    BASIC: z.strictObject({ username: z.string(), password: z.string() }),
    NONE: z.strictObject({}).optional(),
    JWT: loose,
    TWO_STEP: z.looseObject({ assertionOption: z.record(z.string(), z.unknown()).optional() }),
    TBA: z.strictObject({
        token_id: z.string().min(1),
        token_secret: z.string().min(1),
        oauth_client_id_override: z.string().optional(),
        oauth_client_secret_override: z.string().optional(),
    }),
    BILL: z.strictObject({
        username: z.string().min(1),
        password: z.string().min(1),
        organization_id: z.string().min(1),
        dev_key: z.string().min(1),
    }),
    SIGNATURE: z.strictObject({ username: z.string().min(1), password: z.string().min(1), type: z.string().optional() }),
    AWS_SIGV4: z.strictObject({
        role_arn: z.string().min(1),
        region: z
            .string()
            .max(64)
            .regex(/^[a-z0-9-]+$/)
            .optional(),
    }),
    OAUTH2_CC: z.strictObject({
        client_id: z.string().min(1).optional(),
        client_secret: z.string().optional(),
        client_certificate: z.string().optional(),
        client_private_key: z.string().optional(),
    }),
};
