import { z } from 'zod';
import { endUser, functionName, modelName, organization, providerConfigKey, tags, webhookUrl } from '../base/formats.js';
import { membersOf, withMembers } from '../base/schema-members.js';
import { importedCredentials } from '../connections/connection-schemas.js';
import { shownCredentials } from '../connections/credential-schemas.js';
import { createIntegrationBody } from '../integrations/integration-schemas.js';
import { authModes } from '../providers/provider.js';

const text = z.record(z.string(), z.string());
const anyObject = z.record(z.string(), z.unknown());

/** A deployed function that is described but has no code of the user's: a sync gives `records`, an action answers `output`. */
export const seedFunction = z
    .strictObject({
        /** The integration that it belongs to. */
        integration: providerConfigKey,
        type: z.enum(['sync', 'action', 'on-event']),
        name: functionName,
        description: z.string().optional(),
        scopes: z.array(z.string()).optional(),
        input: z.string().optional(),
        /** The models of a sync, the output model of an action. */
        returns: z.array(z.string()).optional(),
        json_schema: anyObject.nullable().optional(),
        enabled: z.boolean().optional(),
        source: z.enum(['catalog', 'standalone', 'repo']).optional(),
        code: z.string().optional(),
        frequency: z.string().optional(),
        auto_start: z.boolean().optional(),
        track_deletes: z.boolean().optional(),
        event: z.enum(['post-connection-creation', 'pre-connection-deletion', 'validate-connection']).optional(),
        endpoint: z.strictObject({ method: z.string(), path: z.string() }).optional(),
        /** What each run of the sync saves. */
        records: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })).optional(),
        /** What the action answers. */
        output: z.unknown().optional(),
        /** What the action throws: the `payload` of an `ActionError`. A `validate-connection` function that throws refuses connections. */
        throws: z.unknown().optional(),
    })
    .describe('A function without code');

export const seedRecords = z.strictObject({
    provider_config_key: providerConfigKey,
    connection_id: z.string(),
    model: modelName,
    variant: functionName.optional(),
    /** Added, or changed where they differ. */
    save: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })).optional(),
    /** Ids to mark as deleted. */
    delete: z.array(z.union([z.string(), z.number()])).optional(),
});

export const seedSettings = z.strictObject({
    name: z.string().min(1).max(255).optional(),
    is_production: z.boolean().optional(),
    callback_url: z.url().nullable().optional(),
    webhook_url: z.url().nullable().optional(),
    webhook_url_secondary: z.url().nullable().optional(),
    webhook_signing_key: z.string().min(1).optional(),
    /** Whether 5 failed attempts at an address within 10 s stop its deliveries for 60 s, as a server with Redis does. Default false. */
    webhook_breaker: z.boolean().optional(),
    /** Providers with a developer app of Nango's own, for `createQuickstartIntegration`. Default none. */
    shared_credentials: z.array(z.string()).optional(),
    webhooks: z
        .strictObject({
            on_auth_creation: z.boolean().optional(),
            on_auth_refresh_error: z.boolean().optional(),
            /** Send `auth` with `operation: 'deletion'` when a connection is deleted. Default false. */
            on_connection_deletion: z.boolean().optional(),
            on_sync_completion_always: z.boolean().optional(),
            on_sync_error: z.boolean().optional(),
            on_async_action_completion: z.boolean().optional(),
        })
        .optional(),
    variables: z.union([text, z.array(z.strictObject({ name: z.string(), value: z.string() }))]).optional(),
    plan: z
        .strictObject({
            connections: z.number().int().min(0).nullable().optional(),
            sync_variants: z.number().int().min(1).optional(),
            docs_connect_override: z.boolean().optional(),
        })
        .optional(),
});

export const seedKey = z.strictObject({
    secret: z.uuidv4().optional(),
    kind: z.enum(['environment', 'account', 'script']).optional(),
    scopes: z.array(z.string()).optional(),
    display_name: z.string().optional(),
});

export const seedConnection = z.strictObject({
    provider_config_key: providerConfigKey,
    connection_id: z.string().max(255).optional(),
    /** Of any auth mode, also those that the API can't import. */
    credentials: withMembers(z.looseObject({ type: z.enum(authModes) }), ({ type }) => ({
        ...membersOf(shownCredentials, { type }),
        ...membersOf(importedCredentials, { type }),
    })),
    metadata: anyObject.optional(),
    connection_config: anyObject.optional(),
    webhook_url_override: webhookUrl.optional(),
    end_user: endUser.optional(),
    organization: organization.optional(),
    tags: tags.optional(),
});

/** A seed file: what an emulator starts with. Integrations and connections have the bodies of the API. */
export const seedSchema = z.strictObject({
    environment: seedSettings.optional(),
    keys: z.array(seedKey).optional(),
    integrations: z.array(createIntegrationBody).optional(),
    connections: z.array(seedConnection).optional(),
    functions: z.array(seedFunction).optional(),
    records: z.array(seedRecords).optional(),
});

/** A seed as it is written, e.g. in JSON. */
export type Seed = z.input<typeof seedSchema>;
export type SeedFunction = z.input<typeof seedFunction>;
export type SeedRecords = z.input<typeof seedRecords>;
export type SeedSettings = z.input<typeof seedSettings>;
export type SeedKey = z.input<typeof seedKey>;
