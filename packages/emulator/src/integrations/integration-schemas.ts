import { z } from 'zod';
import { abort, displayName, providerConfigKey, providerName, zuluDate } from '../base/formats.js';

const privateKey = z.string().startsWith('-----BEGIN RSA PRIVATE KEY----').endsWith('-----END RSA PRIVATE KEY-----');
const scopes = z.union([z.string().regex(/^[a-zA-Z0-9:/_.*-]+(,[a-zA-Z0-9:/_.*-]+)*$/, abort), z.string().max(0, abort)]);
const oauth = {
    client_id: z.string().min(1).max(255),
    client_secret: z.string().min(1),
    scopes: scopes.optional(),
    webhook_secret: z.string().max(255).optional(),
};
const app = { app_id: z.string().min(1).max(255), app_link: z.string().min(1), private_key: privateKey };

/** The integration's own credentials (contract 6.4). */
export const integrationCredentials = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('OAUTH1'), ...oauth }),
    z.strictObject({ type: z.literal('OAUTH2'), ...oauth }),
    z.strictObject({ type: z.literal('TBA'), ...oauth }),
    z.strictObject({ type: z.literal('APP'), ...app }),
    z.strictObject({
        type: z.literal('CUSTOM'),
        client_id: oauth.client_id,
        client_secret: oauth.client_secret,
        ...app,
    }),
]);

const integrationConfig = z.record(z.string(), z.string().max(8192));
const custom = z.record(z.string(), z.string());

export const createIntegrationBody = z.strictObject({
    provider: providerName,
    unique_key: providerConfigKey,
    display_name: displayName.optional(),
    forward_webhooks: z.boolean().optional(),
    credentials: integrationCredentials.optional(),
    integration_config: integrationConfig.optional(),
    custom: custom.optional(),
});

export const quickstartBody = z.strictObject({
    provider: providerName,
    unique_key: providerConfigKey,
    display_name: displayName.optional(),
    forward_webhooks: z.boolean().optional(),
});

export const updateIntegrationBody = z.strictObject({
    unique_key: providerConfigKey.optional(),
    display_name: displayName.optional(),
    credentials: integrationCredentials.optional(),
    forward_webhooks: z.boolean().optional(),
    integration_config: integrationConfig.optional(),
    custom: custom.optional(),
});

export const integrationParams = z.strictObject({ uniqueKey: providerConfigKey });

const include = z.enum(['webhook', 'credentials']);
export const getIntegrationQuery = z.strictObject({ include: z.union([include, z.array(include)]).optional() });

const nullable = z.string().nullable();
const shownCredentials = z.union([
    z.strictObject({
        type: z.enum(['OAUTH1', 'OAUTH2', 'TBA']),
        client_id: nullable,
        client_secret: nullable,
        scopes: nullable,
        webhook_secret: nullable,
    }),
    z.strictObject({ type: z.literal('APP'), app_id: nullable, private_key: nullable, app_link: nullable }),
    z.strictObject({
        type: z.literal('CUSTOM'),
        client_id: nullable,
        client_secret: nullable,
        app_id: nullable,
        app_link: nullable,
        private_key: nullable,
    }),
]);

/** An integration as answers show it (contract 6.1). */
export const integration = z.strictObject({
    unique_key: z.string(),
    provider: z.string(),
    display_name: z.string(),
    logo: z.string(),
    forward_webhooks: z.boolean(),
    created_at: zuluDate,
    updated_at: zuluDate,
    credentials_label: z.strictObject({ apiKey: z.string() }).optional(),
    preconfigured_credentials: z.array(z.string()).optional(),
    webhook_url: nullable.optional(),
    credentials: shownCredentials.nullable().optional(),
});
