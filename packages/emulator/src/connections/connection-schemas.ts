import { z } from 'zod';
import {
    booleanQuery,
    connectionId,
    connectionIds,
    endUser,
    offsetDate,
    providerConfigKey,
    tags,
    webhookUrl,
    zuluDate,
} from '../base/formats.js';
import { shownCredentials } from './credential-schemas.js';

const filterText = z.string().min(1).max(255);

export const listConnectionsQuery = z.strictObject({
    connectionId: filterText.optional(),
    search: filterText.optional(),
    endUserId: filterText.optional(),
    endUserOrganizationId: filterText.optional(),
    integrationId: z
        .string()
        .min(1)
        .transform((list) => list.split(',').map((key) => key.trim()))
        .optional(),
    tags: tags.optional(),
    limit: z.coerce.number().min(1).max(2000).optional(),
    page: z.coerce.number().min(0).optional(),
});

export const connectionParams = z.strictObject({ connectionId });
export const connectionQuery = z.strictObject({ provider_config_key: providerConfigKey });

export const getConnectionQuery = z.strictObject({
    provider_config_key: providerConfigKey,
    force_refresh: booleanQuery.optional().default(false),
    refresh_token: booleanQuery.optional().default(false),
    refresh_github_app_jwt_token: booleanQuery.optional().default(false),
});

export const patchConnectionBody = z.strictObject({
    end_user: endUser.optional(),
    tags: tags.optional(),
    webhook_url_override: webhookUrl.optional(),
});

const long = (max: number) => z.string().min(1).max(max);
const configOverride = z.strictObject({ client_id: long(255).optional(), client_secret: long(2048).optional() }).optional();
const installation = { app_id: long(255), installation_id: long(255) };

/** Credentials that can be imported, by type (contract 8.5). */
export const importedCredentials = z.discriminatedUnion('type', [
    z.strictObject({
        type: z.literal('OAUTH2'),
        access_token: long(16_384),
        refresh_token: long(16_384).optional(),
        expires_at: z.coerce.date().optional(),
        config_override: configOverride,
    }),
    z.strictObject({
        type: z.literal('OAUTH2_CC'),
        token: long(4096),
        client_id: long(255),
        client_secret: long(2048),
        client_certificate: long(10_000).optional(),
        client_private_key: long(10_000).optional(),
        expires_at: z.coerce.date().optional(),
    }),
    z.strictObject({ type: z.literal('OAUTH1'), oauth_token: long(2048), oauth_token_secret: long(2048) }),
    z.strictObject({ type: z.literal('API_KEY'), apiKey: long(1024) }),
    z.strictObject({ type: z.literal('BASIC'), username: z.string().max(1024), password: z.string().max(1024) }),
    z.strictObject({
        type: z.literal('TBA'),
        token_id: z.string().min(1),
        token_secret: z.string().min(1),
        config_override: configOverride,
    }),
    z.strictObject({ type: z.literal('APP'), ...installation }),
    z.strictObject({ type: z.literal('CUSTOM'), ...installation }),
    z.strictObject({ type: z.literal('NONE') }),
]);

const metadata = z.record(z.string(), z.unknown());

export const importConnectionBody = z.strictObject({
    provider_config_key: z.string(),
    credentials: importedCredentials,
    connection_id: z.string().optional(),
    metadata: metadata.optional(),
    connection_config: z.looseObject({ oauth_scopes_override: z.array(z.string()).optional() }).optional(),
    webhook_url_override: webhookUrl.optional(),
    end_user: endUser.optional(),
    tags: tags.optional(),
});

/** The deprecated flat form says what it lacks in codes of its own, so little is checked here (contract 8.6). */
export const flatImportBody = z.looseObject({}).optional();

export const metadataBody = z.strictObject({
    connection_id: connectionIds,
    provider_config_key: providerConfigKey,
    metadata,
});

const shownEndUser = z.strictObject({
    id: z.string(),
    display_name: z.string().nullable(),
    email: z.string().nullable(),
    tags: z.record(z.string(), z.string()).nullable(),
    organization: z.strictObject({ id: z.string(), display_name: z.string().nullable() }).nullable(),
});

const shared = {
    id: z.number().int(),
    connection_id: z.string(),
    provider_config_key: z.string(),
    provider: z.string(),
    errors: z.array(z.strictObject({ type: z.enum(['auth', 'sync']), log_id: z.string() })),
    end_user: shownEndUser.nullable(),
    tags: z.record(z.string(), z.string()),
    metadata: metadata.nullable(),
};

/** One entry of the list (contract 8.1). */
export const listedConnection = z.strictObject({ ...shared, created: offsetDate });

const full = <Date extends z.ZodType<string>>(date: Date) =>
    z.strictObject({
        ...shared,
        connection_config: metadata,
        webhook_url_override: z.string().nullable(),
        created_at: date,
        updated_at: date,
        last_fetched_at: z.nullable(date),
        credentials: shownCredentials,
    });

/** A connection with its credentials (contract 8.2). */
export const fullConnection = full(offsetDate);
/** The same as import answers it, with dates that end in `Z`. */
export const importedConnection = full(zuluDate);
