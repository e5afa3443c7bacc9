import { asOrigin } from './base/origins.js';
import type { RateLimitSettings } from './rate-limit/rate-limiter.js';

/** The API key of an emulator that was given none. */
export const defaultApiKey = 'e0e0e0e0-0000-4000-8000-000000000001';
/** The webhook signing key of an emulator that was given none. */
export const defaultWebhookSigningKey = 'e0e0e0e0-0000-4000-8000-000000000002';
/** The account key (`/environments`, `/environment/api-keys`) of every emulator that was given none. */
export const defaultAccountKey = 'e0e0e0e0-0000-4000-8000-000000000003';
/** The UUID of the environment that an emulator starts with; part of the addresses for provider webhooks. */
export const defaultEnvironmentUuid = 'e0e0e0e0-0000-4000-8000-000000000004';

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
    /** State to start with: the parsed JSON of a seed file. */
    seed?: unknown;
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

/** Options with every default filled in. */
export interface ResolvedOptions {
    apiKey: string;
    webhookSigningKey: string;
    accountKey: string;
    webhookUrl: string | null;
    seed: unknown;
    rateLimit: RateLimitSettings | null;
    upstreams: readonly string[];
    allowedOrigins: readonly string[];
    frozenAt: number | undefined;
    idSeed: string;
    log: ((line: string) => void) | undefined;
}

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** @throws TypeError when a key is not a UUID of version 4, an origin is none, or a time can't be read; the message never repeats a key */
export function resolveOptions(options: EmulatorOptions): ResolvedOptions {
    const { apiKey = defaultApiKey, accountKey = defaultAccountKey, rateLimit = 10_000 } = options;
    if (!uuidV4.test(apiKey)) throw new TypeError('apiKey must be a UUID of version 4, as Nango API keys are.');
    if (!uuidV4.test(accountKey)) throw new TypeError('accountKey must be a UUID of version 4, as Nango account keys are.');
    const frozenAt = options.frozenAt === undefined ? undefined : new Date(options.frozenAt).getTime();
    if (Number.isNaN(frozenAt)) throw new TypeError('frozenAt must be a time: ms since the epoch, a Date or an ISO string.');
    return {
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
