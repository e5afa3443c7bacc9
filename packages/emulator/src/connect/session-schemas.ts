import { z } from 'zod';
import { connectionId, endUser, organization, providerConfigKey, tags, webhookUrl, zuluDate } from '../base/formats.js';

/** Looked at apart from the schema on the server, so the issue is its own. */
const deprecatedWebhookUrl = z.custom<string>((url) => webhookUrl.safeParse(url).success, {
    message: 'This deprecated field holds no webhook URL; use webhook_url_override.',
});

const shared = {
    organization: organization.optional(),
    integrations_config_defaults: z
        .record(
            providerConfigKey,
            z.strictObject({
                user_scopes: z.string().optional(),
                authorization_params: z.record(z.string(), z.string()).optional(),
                connection_config: z
                    .looseObject({ oauth_scopes_override: z.string().optional(), webhook_url: deprecatedWebhookUrl.optional() })
                    .optional(),
            }),
        )
        .optional(),
    overrides: z.record(providerConfigKey, z.object({ docs_connect: z.string().optional() })).optional(),
    webhook_url_override: webhookUrl.optional(),
    tags: tags.optional(),
};

const withEndUser = z.strictObject({
    end_user: endUser,
    allowed_integrations: z.array(providerConfigKey).optional(),
    ...shared,
});
/** The body in one schema, for the description of the API. */
export const documentedSessionBody = z.strictObject({ ...withEndUser.shape, end_user: endUser.optional() });

/** The end user may be missing when there are tags, but a key that is there must hold one (contract 15.1). */
export const createSessionBody = z
    .unknown()
    .transform((body, ctx): z.output<typeof documentedSessionBody> => {
        const keyed = typeof body === 'object' && body !== null;
        const tagsInstead = keyed && 'tags' in body && !('end_user' in body);
        const result = (tagsInstead ? documentedSessionBody : withEndUser).safeParse(body);
        if (result.success) return result.data;
        for (const issue of result.error.issues) ctx.issues.push({ ...issue, input: body } as never);
        return z.NEVER;
    })
    .meta({ documentedAs: documentedSessionBody });

export const reconnectSessionBody = z.strictObject({
    connection_id: connectionId,
    integration_id: providerConfigKey,
    end_user: endUser.optional(),
    ...shared,
});

export const createdSession = z.strictObject({ token: z.string(), connect_link: z.string(), expires_at: zuluDate });

const shownEndUser = z.strictObject({
    id: z.string(),
    display_name: z.string().nullable(),
    email: z.string().nullable(),
    tags: z.record(z.string(), z.string()).nullable(),
    organization: z.strictObject({ id: z.string(), display_name: z.string().nullable() }).nullable(),
});

const colour = z.strictObject({ primary: z.string() });

/** A session as its own token sees it (contract 15.3). */
export const sessionDetails = z.strictObject({
    endUser: shownEndUser.nullable(),
    connectUISettings: z.strictObject({
        theme: z.strictObject({ light: colour, dark: colour }),
        defaultTheme: z.enum(['light', 'dark', 'system']),
        showWatermark: z.boolean(),
    }),
    allowed_integrations: z.array(z.string()).optional(),
    integrations_config_defaults: z
        .record(
            z.string(),
            z.strictObject({
                authorization_params: z.record(z.string(), z.string()).optional(),
                connection_config: z.looseObject({ oauth_scopes_override: z.string().optional() }).optional(),
            }),
        )
        .optional(),
    isReconnecting: z.literal(true).optional(),
    overrides: z.record(z.string(), z.strictObject({ docs_connect: z.string().optional() })).optional(),
    websocketsPath: z.string(),
});
