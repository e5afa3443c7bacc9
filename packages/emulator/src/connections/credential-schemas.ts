import { z } from 'zod';

const raw = z.record(z.string(), z.unknown());
const text = z.string();
const override = z.strictObject({ client_id: text.optional(), client_secret: text.optional() });
const expires_at = text.optional();

const oauth2 = z.looseObject({
    type: z.literal('OAUTH2'),
    access_token: text,
    refresh_token: text.optional(),
    expires_at,
    config_override: override.optional(),
    raw,
});
const app = z.looseObject({ type: z.literal('APP'), access_token: text, expires_at, raw });

/** A connection's credentials as answers show them, by type; none at all is `{}` (contract 8.3). */
export const shownCredentials = z.union([
    z.discriminatedUnion('type', [
        oauth2,
        z.looseObject({ type: z.literal('OAUTH1'), oauth_token: text, oauth_token_secret: text, raw }),
        z.looseObject({
            type: z.literal('OAUTH2_CC'),
            token: text,
            client_id: text,
            client_secret: text,
            client_certificate: text.optional(),
            client_private_key: text.optional(),
            expires_at,
            raw,
        }),
        z.looseObject({ type: z.literal('BASIC'), username: text, password: text }),
        z.looseObject({ type: z.literal('API_KEY'), apiKey: text }),
        app,
        z.looseObject({ type: z.literal('CUSTOM'), app: app.optional(), user: oauth2.nullable().optional(), raw }),
        z.looseObject({ type: z.literal('TBA'), token_id: text, token_secret: text, config_override: override.optional() }),
        z.looseObject({ type: z.literal('JWT'), token: text.optional(), expires_at }),
        z.looseObject({
            type: z.literal('BILL'),
            username: text,
            password: text,
            organization_id: text,
            dev_key: text,
            session_id: text.optional(),
            user_id: text.optional(),
            expires_at,
            raw,
        }),
        z.looseObject({ type: z.literal('TWO_STEP'), token: text.optional(), refresh_token: text.optional(), expires_at, raw }),
        z.looseObject({ type: z.literal('SIGNATURE'), username: text, password: text, token: text.optional(), expires_at }),
        z.looseObject({
            type: z.literal('AWS_SIGV4'),
            role_arn: text,
            region: text,
            service: text,
            access_key_id: text,
            secret_access_key: text,
            session_token: text,
            external_id: text.optional(),
            expires_at,
            raw,
        }),
    ]),
    z.strictObject({}),
]);
