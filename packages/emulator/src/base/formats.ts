import { z } from 'zod';

/*
 * The value formats that resources share (contract 4). Which zod check refuses a value matters: its code is in the answer.
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
export const abort = { abort: true } as const;

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
export const webhookUrl = z.union([z.url(abort), z.literal('')]).refine(
    (url) => {
        const host = URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/\.$/, '') : '';
        return host !== 'nango.dev' && !host.endsWith('.nango.dev');
    },
    { message: 'A webhook URL must not point at nango.dev.' },
);

const tagKey = z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_\-./]*$/)
    .max(64);
const email = z.email().min(5);

/** What is wrong with tags as a whole; too many hide the rest. All are reported at the tags themselves (contract 1.5). */
function tagProblems(tags: Record<string, string>): string[] {
    const entries = Object.entries(tags);
    if (entries.length > 10) return ['There may be at most 10 tags.'];
    const seen = new Set<string>();
    return entries.flatMap(([key, value]) => {
        const lower = key.toLowerCase();
        const twice = seen.has(lower) ? [`The tag ${lower} is there twice, in different case.`] : [];
        seen.add(lower);
        const noEmail = lower === 'end_user_email' && !email.safeParse(value).success;
        return noEmail ? [...twice, 'The tag end_user_email is no email address.'] : twice;
    });
}

const checkTags = (ctx: z.core.ParsePayload<Record<string, string>>) => {
    for (const message of tagProblems(ctx.value)) ctx.issues.push({ code: 'custom', message, input: ctx.value });
};

/** Connection tags; keys come out in lower case. */
export const tags = z
    .record(tagKey, z.string().min(1).max(255))
    .check(checkTags)
    .transform((value) => Object.fromEntries(Object.entries(value).map(([key, tag]) => [key.toLowerCase(), tag])));

export const endUser = z.strictObject({
    id: z.string().min(1).max(255),
    email: email.optional(),
    display_name: z.string().max(255).optional(),
    tags: z.record(tagKey, z.string().max(255)).check(checkTags).optional(),
});

export const organization = z.strictObject({
    id: z.string().max(255),
    display_name: z.string().max(255).optional(),
});

/** `true`, `1`, `yes`, `on` … and their opposites, in any case. */
export const booleanQuery = z.stringbool();

const syncName = z.string().transform((text) => {
    const [name = '', variant] = text.split('::');
    return { name, variant: variant || 'base' };
});
const nameAndVariant = z.object({ name: z.string(), variant: z.string() });

/** A sync by name (variant `base`), `name::variant`, or both in an object. */
export const syncIdentifier = z.union([syncName, nameAndVariant]);
/** The same; an object with other keys matches neither, so that the union's issue is reported rather than the object's. */
export const strictSyncIdentifier = z.union([syncName, nameAndVariant.catchall(z.custom(() => false, abort))]);

/** `{ data: … }` around an answer. */
export const data = <T extends z.ZodType>(schema: T) => z.strictObject({ data: schema });

/** ISO ending in `Z`. */
export const zuluDate = z.iso.datetime();
/** ISO with an offset. */
export const offsetDate = z.iso.datetime({ offset: true });
