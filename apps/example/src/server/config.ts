import { z } from 'zod';

const text = z.string().min(1);
/** `FOO=` in an env file means: not set. */
const optional = <T extends z.ZodType>(schema: T) =>
    z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const schema = z.object({
    NANGO_API_KEY: text,
    NANGO_WEBHOOK_SIGNING_KEY: optional(text),
    NANGO_HOST: optional(z.url()),
    NANGO_BROWSER_HOST: optional(z.url()),
    DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
    DATABASE_DIR: optional(text),
    REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
    HOST: optional(text).default('127.0.0.1'),
    PORT: optional(z.coerce.number().int().min(0).max(65_535)).default(3000),
    PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
    RECONCILE_CRON: optional(text),
    DEMO_SIGN_IN: optional(z.enum(['0', '1'])),
    NODE_ENV: optional(text),
    LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])).default('info'),
});

/** All that can be set from outside. The README has a row for each variable. */
export interface Config {
    readonly nango: { readonly apiKey: string; readonly webhookSigningKey?: string | undefined; readonly host: string };
    /** Where the browser reaches Nango, when that is not where this process does. */
    readonly nangoBrowserHost: string;
    /** Without it an embedded PostgreSQL (PGlite) is used, in one process. */
    readonly databaseUrl?: string | undefined;
    /** Folder of the embedded database; `memory://` keeps nothing. */
    readonly databaseDir: string;
    readonly redisUrl?: string | undefined;
    readonly host: string;
    readonly port: number;
    /** What users type. Requests for other hosts are refused. @default the address that it listens on */
    readonly publicUrl?: string | undefined;
    readonly reconcileCron: string;
    /** Lets anyone sign in as a demo user. */
    readonly demoSignIn: boolean;
    readonly logLevel: string;
}

/** @throws {ConfigError} that names every variable that is missing or wrong, and never a value */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
    const { success, data, error } = schema.safeParse(env);
    if (!success) throw new ConfigError(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
    const host = data.NANGO_HOST ?? 'https://api.nango.dev';
    return {
        nango: { apiKey: data.NANGO_API_KEY, webhookSigningKey: data.NANGO_WEBHOOK_SIGNING_KEY, host },
        nangoBrowserHost: data.NANGO_BROWSER_HOST ?? host,
        databaseUrl: data.DATABASE_URL,
        databaseDir: data.DATABASE_DIR ?? '.data/contacts-hub',
        redisUrl: data.REDIS_URL,
        host: data.HOST,
        port: data.PORT,
        publicUrl: data.PUBLIC_URL,
        // Without webhooks only looking finds anything.
        reconcileCron: data.RECONCILE_CRON ?? (data.NANGO_WEBHOOK_SIGNING_KEY ? '*/15 * * * *' : '* * * * *'),
        demoSignIn: data.DEMO_SIGN_IN === undefined ? data.NODE_ENV !== 'production' : data.DEMO_SIGN_IN === '1',
        logLevel: data.LOG_LEVEL,
    };
}

/** Something in the environment is missing or wrong. */
export class ConfigError extends Error {
    override readonly name = 'ConfigError';
}
