import { z } from 'zod';
import type { AuthMode } from '../providers/provider.js';

const loose = z.looseObject({});

/** What each credential form sends (wire contract 16.4). */
export const authBodies = {
    apiKey: z.strictObject({ apiKey: z.string().min(1) }),
    basic: z.strictObject({ username: z.string(), password: z.string() }),
    unauthenticated: z.strictObject({}).optional(),
    jwt: loose,
    twoStep: z.looseObject({ assertionOption: z.record(z.string(), z.unknown()).optional() }),
    tba: z.strictObject({
        token_id: z.string().min(1),
        token_secret: z.string().min(1),
        oauth_client_id_override: z.string().optional(),
        oauth_client_secret_override: z.string().optional(),
    }),
    bill: z.strictObject({
        username: z.string().min(1),
        password: z.string().min(1),
        organization_id: z.string().min(1),
        dev_key: z.string().min(1),
    }),
    signature: z.strictObject({ username: z.string().min(1), password: z.string().min(1), type: z.string().optional() }),
    awsSigV4: z.strictObject({
        role_arn: z.string().min(1),
        region: z
            .string()
            .max(64)
            .regex(/^[a-z0-9-]+$/)
            .optional(),
    }),
    clientCredentials: z.strictObject({
        client_id: z.string().min(1).optional(),
        client_secret: z.string().optional(),
        client_certificate: z.string().optional(),
        client_private_key: z.string().optional(),
    }),
};

/** The route that takes the credentials of an auth mode, for the form and for finishing without a browser. */
export const credentialRoutes: Partial<Record<AuthMode, { path: string; body: z.ZodType }>> = {
    API_KEY: { path: '/api-auth/api-key', body: authBodies.apiKey },
    BASIC: { path: '/api-auth/basic', body: authBodies.basic },
    NONE: { path: '/auth/unauthenticated', body: authBodies.unauthenticated },
    JWT: { path: '/auth/jwt', body: authBodies.jwt },
    TWO_STEP: { path: '/auth/two-step', body: authBodies.twoStep },
    TBA: { path: '/auth/tba', body: authBodies.tba },
    BILL: { path: '/auth/bill', body: authBodies.bill },
    SIGNATURE: { path: '/auth/signature', body: authBodies.signature },
    AWS_SIGV4: { path: '/auth/aws-sigv4', body: authBodies.awsSigV4 },
    OAUTH2_CC: { path: '/oauth2/auth', body: authBodies.clientCredentials },
};

/** Modes that need a person to look at the provider's page. */
export const popupModes: ReadonlySet<AuthMode> = new Set([
    'OAUTH1',
    'OAUTH2',
    'APP',
    'CUSTOM',
    'MCP_OAUTH2',
    'MCP_OAUTH2_GENERIC',
    'INSTALL_PLUGIN',
]);
