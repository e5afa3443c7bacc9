import { z } from 'zod';
import { asMoment } from './base/as-moment.js';
import { asOrigin, isOriginOnly } from './base/origins.js';
import { asLines, readGiven } from './base/read-given.js';
import type { StartedBy } from './base/started-by.js';
import { defaultAccountKey, defaultApiKey, defaultWebhookSigningKey, type ResolvedOptions } from './options.js';
import type { RateLimitSettings } from './rate-limit/rate-limiter.js';
import type { Seed, SeedJson } from './seed/seed.js';

/** How an emulator is made. */
export interface EmulatorOptions {
    /**
     * The environment's API key, a UUID of version 4.
     * @default defaultApiKey
     */
    apiKey?: string | undefined;
    /**
     * The key that webhooks are signed with.
     * @default defaultWebhookSigningKey
     */
    webhookSigningKey?: string | undefined;
    /** The account key. @default defaultAccountKey */
    accountKey?: string | undefined;
    /** Where webhooks go. Without it none is sent. */
    webhookUrl?: string | undefined;
    /** State to start with; what a seed file holds, an imported JSON file too. It is checked at the start. */
    seed?: Seed | SeedJson | undefined;
    /** The text of a `providers.yaml` that replaces the built-in catalogue. */
    providers?: string | undefined;
    /**
     * Requests in one minute, or a limit with its own window, or false for none. The server's own default is 200 a minute; the
     * emulator's is high, so that a test suite meets a 429 only when it asks for one.
     * @default 10000
     */
    rateLimit?: number | RateLimitSettings | false | undefined;
    /**
     * Origins that the proxy, tests of imported credentials and webhook overrides may reach, e.g. `http://127.0.0.1:4000`; `'*'` allows any target, loopback
     * and private addresses too.
     * @default [] none
     */
    upstreams?: readonly string[] | undefined;
    /** Origins of web pages that may use all of the emulator, e.g. that of a hosted editor or a tunnel. Pages of this machine may use the API. @default [] */
    allowedOrigins?: readonly string[] | undefined;
    /** Start with a clock that stands still at this moment: ms since the epoch, a Date or an ISO string. */
    frozenAt?: number | Date | string | undefined;
    /** What ids and tokens are drawn from; the same seed gives the same ids. @default 'emulator' */
    idSeed?: string | undefined;
    /** Where the emulator is reached, for the links in its answers. `startEmulator` sets it. @default 'http://localhost:3003' */
    origin?: string | undefined;
    /** Gets one line for each request. @default nothing is logged */
    log?: ((line: string) => void) | undefined;
}

/** How an emulator listens. */
export interface StartOptions extends EmulatorOptions {
    /** 0 takes any free port. @default 3003 */
    port?: number | undefined;
    /** A loopback address or name. @default '127.0.0.1' */
    host?: string | undefined;
    /** More names that requests may carry in `Host`, e.g. of a container or a tunnel; without a port. */
    allowedHosts?: readonly string[] | undefined;
}

const list = z.array(z.string()).readonly().optional();
const text = z.string().optional();
const count = z.number().int().min(1);

const ofEmulator = {
    apiKey: text,
    webhookSigningKey: z.string().min(1).optional(),
    accountKey: text,
    webhookUrl: z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:3000/webhooks' }).optional(),
    // Checked as it is applied.
    seed: z.unknown().optional(),
    providers: text,
    rateLimit: z
        .union([z.literal(false), count, z.strictObject({ limit: count, windowMs: z.number().min(1) })], {
            error: 'must be a number of requests a minute, { limit, windowMs } or false',
        })
        .optional(),
    upstreams: list,
    allowedOrigins: list,
    frozenAt: z.unknown().optional(),
    idSeed: text,
    origin: z.string().refine(isOriginOnly, 'must be an origin such as http://127.0.0.1:3003, without a path').optional(),
    log: z.custom((value) => typeof value === 'function', 'must be a function that takes a line').optional(),
} satisfies Record<keyof EmulatorOptions, z.ZodType>;

const ofListening = {
    port: z.number().int().min(0).max(65_535).optional(),
    host: text,
    allowedHosts: list,
} satisfies Record<Exclude<keyof StartOptions, keyof EmulatorOptions>, z.ZodType>;

/** For the README. */
export const startOptionNames = Object.keys({ ...ofEmulator, ...ofListening });

const emulatorSchema = z.strictObject(ofEmulator);
const startSchema = z.strictObject({ ...ofEmulator, ...ofListening });

/** @throws TypeError naming every option that is unknown or wrong */
export function checkStartOptions(given: StartOptions): StartOptions {
    return read(startSchema, given) as StartOptions;
}

/** @throws TypeError naming every option that is unknown or wrong */
export function checkEmulatorOptions(given: EmulatorOptions): EmulatorOptions {
    const listening = Object.keys(given ?? {}).find((name) => Object.hasOwn(ofListening, name));
    if (listening)
        throw new TypeError(`${listening} is an option of startEmulator: createEmulator makes one that does not listen.`);
    return read(emulatorSchema, given) as EmulatorOptions;
}

function read(schema: z.ZodType, given: unknown): unknown {
    const { data, issues } = readGiven(schema, given);
    if (issues) throw new TypeError(asLines(issues).join('\n'));
    return data;
}

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** @throws TypeError when a key is not a UUID of version 4, an origin is none, or a time can't be read; the message never repeats a key */
export function resolveOptions(options: EmulatorOptions, startedBy: StartedBy): ResolvedOptions {
    const { apiKey = defaultApiKey, accountKey = defaultAccountKey, rateLimit = 10_000 } = options;
    if (!uuidV4.test(apiKey)) throw new TypeError('apiKey must be a UUID of version 4, as Nango API keys are.');
    if (!uuidV4.test(accountKey)) throw new TypeError('accountKey must be a UUID of version 4, as Nango account keys are.');
    if (apiKey.toLowerCase() === accountKey.toLowerCase())
        throw new TypeError('apiKey and accountKey must differ: a key is of an environment or of the account.');
    const frozenAt = asMoment(options.frozenAt);
    if (options.frozenAt !== undefined && frozenAt === undefined)
        throw new TypeError('frozenAt must be a time: ms since the epoch, a Date or an ISO string.');
    return {
        startedBy,
        apiKey,
        webhookSigningKey: options.webhookSigningKey ?? defaultWebhookSigningKey,
        accountKey,
        webhookUrl: options.webhookUrl ?? null,
        seed: options.seed,
        rateLimit:
            rateLimit === false ? null : typeof rateLimit === 'number' ? { limit: rateLimit, windowMs: 60_000 } : rateLimit,
        upstreams: options.upstreams ?? [],
        allowedOrigins: (options.allowedOrigins ?? []).map(asOrigin),
        frozenAt,
        idSeed: options.idSeed ?? 'emulator',
        log: options.log,
    };
}
