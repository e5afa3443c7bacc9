import { z } from 'zod';

/*
 * The value formats that resources share (wire contract 4). Which zod check refuses a value matters: its code is in the answer.
 */

export const providerName = z
    .string()
    .regex(/^[a-zA-Z0-9_-]+$/)
    .max(255);

export const providerConfigKey = z
    .string()
    .regex(/^[a-zA-Z0-9~:.@ _-]+$/)
    .max(255);

const connectionIdText = (params?: { abort: true }) =>
    z
        .string()
        .regex(/^[a-zA-Z0-9,.;:=+~[\]|@${}"'\\/_ -]+$/, params)
        .max(255, params);

export const connectionId = connectionIdText();

/** Options of a union abort at their first issue: else zod reports the issues of the nearest option in place of `invalid_union`. */
const abort = { abort: true } as const;

/** One connection id or several. */
export const connectionIds = z.union([connectionIdText(abort), z.array(connectionIdText(abort))]);

/** Names of functions, syncs, actions and variants. */
export const functionName = z
    .string()
    .regex(/^[a-zA-Z0-9_-]+$/)
    .max(255);

export const modelName = z
    .string()
    .regex(/^[A-Z][a-zA-Z0-9_-]+$/)
    .max(255);

export const displayName = z.string().min(1).max(255);

/** An absolute URL that is not Nango's own, or the empty string. */
export const webhookUrl = z.union([
    z.literal(''),
    z.url(abort).refine(
        (url) => {
            const host = URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
            return host !== 'nango.dev' && !host.endsWith('.nango.dev');
        },
        { ...abort, message: 'A webhook URL must not point at nango.dev.' },
    ),
]);

const tagKey = z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_\-./]*$/)
    .max(64);
const email = z.email().min(5);

/** Connection tags; keys come out in lower case. */
export const tags = z
    .record(tagKey, z.string().min(1).max(255))
    .check((ctx) => {
        const keys = Object.keys(ctx.value);
        const report = (message: string, path: string[] = []) =>
            ctx.issues.push({ code: 'custom', message, path, input: ctx.value });
        if (keys.length > 10) report('There may be at most 10 tags.');
        if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length) report('Two tags differ in case only.');
        for (const [key, value] of Object.entries(ctx.value)) {
            if (key.toLowerCase() !== 'end_user_email') continue;
            for (const issue of email.safeParse(value).error?.issues ?? []) {
                ctx.issues.push({ ...issue, path: [key], input: value } as never);
            }
        }
    })
    .transform((value) => Object.fromEntries(Object.entries(value).map(([key, tag]) => [key.toLowerCase(), tag])));

export const endUser = z.strictObject({
    id: z.string().min(1).max(255),
    email: email.optional(),
    display_name: z.string().max(255).optional(),
    tags: z.record(tagKey, z.string().max(255)).optional(),
});

export const organization = z.strictObject({
    id: z.string().max(255),
    display_name: z.string().max(255).optional(),
});

/** `true`, `1`, `yes`, `on` … and their opposites, in any case. */
export const booleanQuery = z.stringbool();

/** A sync by name (variant `base`), `name::variant`, or both in an object. */
export const syncIdentifier = z.union([
    z.string().transform((text) => {
        const [name = '', variant] = text.split('::');
        return { name, variant: variant || 'base' };
    }),
    z.strictObject({ name: z.string(), variant: z.string() }),
]);

/** `{ data: … }` around an answer. */
export const data = <T extends z.ZodType>(schema: T) => z.strictObject({ data: schema });

/** ISO ending in `Z`. */
export const zuluDate = z.iso.datetime();
/** ISO with an offset. */
export const offsetDate = z.iso.datetime({ offset: true });
