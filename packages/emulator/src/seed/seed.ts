import { z } from 'zod';
import { asMoment } from '../base/as-moment.js';
import { endUser, functionName, modelName, organization, providerConfigKey, tags, webhookUrl } from '../base/formats.js';
import { membersOf, withMembers } from '../base/schema-members.js';
import { importedCredentials } from '../connections/connection-schemas.js';
import { shownCredentials } from '../connections/credential-schemas.js';
import { createIntegrationBody } from '../integrations/integration-schemas.js';
import { authModes } from '../providers/provider.js';
import { parseFrequency, shortestFrequencyMs } from '../syncs/frequency.js';

const address = z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:3000/webhooks, or null' });
const text = z.record(z.string(), z.string());
const anyObject = z.record(z.string(), z.unknown());

/** What only functions of one type have. */
const ofOneType = {
    sync: ['frequency', 'auto_start', 'track_deletes', 'records'],
    action: ['output'],
    'on-event': ['event'],
} as const;

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
    .superRefine((given, ctx) => {
        const refuse = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message });
        for (const [type, names] of Object.entries(ofOneType))
            for (const name of names)
                if (type !== given.type && given[name] !== undefined) refuse(name, `is of a function of type ${type}`);
        if (given.type === 'sync' && given.throws !== undefined) refuse('throws', 'is of a function of type action or on-event');
        if (given.type === 'on-event' && given.event === undefined)
            refuse('event', 'is missing; there are post-connection-creation, pre-connection-deletion, validate-connection');
        if (given.records?.length && !given.returns?.length) refuse('returns', 'is missing: the model of the records');
        const frequency = parseFrequency(given.frequency ?? 'every hour');
        if (!frequency) refuse('frequency', 'is none. Write it like "every 5 minutes" or "1h"');
        else if (frequency.ms < shortestFrequencyMs) refuse('frequency', 'may not be shorter than 30 seconds');
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
    callback_url: address.nullable().optional(),
    webhook_url: address.nullable().optional(),
    webhook_url_secondary: address.nullable().optional(),
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
    scopes: z
        .array(z.string().regex(/^(?:environment|account)(?::|$)/, 'a scope begins with environment: or account:'))
        .optional(),
    display_name: z.string().optional(),
});

/** Whichever members are known of credentials of this type are what the API gives or takes under that name; none of them need be there. */
function checkCredentials(credentials: { type: string; [name: string]: unknown }, ctx: z.RefinementCtx): void {
    const { type } = credentials;
    const shown = membersOf(shownCredentials, { type });
    const imported = membersOf(importedCredentials, { type });
    for (const [name, value] of Object.entries(credentials)) {
        const schemas = [shown[name], imported[name]].filter((schema) => schema !== undefined);
        if (value === undefined || value === null || schemas.length === 0) continue;
        const results = schemas.map((schema) => schema.safeParse(value));
        const issue = results.every(({ success }) => !success) ? results[0]?.error?.issues[0] : undefined;
        if (issue) ctx.addIssue({ code: 'custom', path: [name, ...issue.path], message: issue.message });
        else if (name === 'expires_at' && asMoment(value) === undefined)
            ctx.addIssue({ code: 'custom', path: [name], message: 'must be a time, such as 2030-01-01T00:00:00.000Z' });
    }
}

export const seedConnection = z.strictObject({
    provider_config_key: providerConfigKey,
    connection_id: z.string().max(255).optional(),
    /** Of any auth mode, also those that the API can't import. */
    credentials: withMembers(z.looseObject({ type: z.enum(authModes) }).superRefine(checkCredentials), ({ type }) => ({
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

/** A seed as it is written. */
export type Seed = z.input<typeof seedSchema>;

/** The words of an enumeration are texts to the compiler as soon as they stand in a variable or a JSON file. */
type AsInferred<T> = T extends string
    ? string
    : T extends readonly (infer Item)[]
      ? readonly AsInferred<Item>[]
      : T extends object
        ? { [Name in keyof T]: AsInferred<T[Name]> }
        : T;

/** A seed as the compiler sees one in a variable or an imported JSON file: its words are checked when it is read. */
export type SeedJson = AsInferred<Seed>;
export type SeedFunction = z.input<typeof seedFunction>;
export type SeedRecords = z.input<typeof seedRecords>;
export type SeedSettings = z.input<typeof seedSettings>;
export type SeedKey = z.input<typeof seedKey>;
