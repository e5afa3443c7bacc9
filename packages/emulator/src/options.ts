import type { StartedBy } from './base/started-by.js';
import type { RateLimitSettings } from './rate-limit/rate-limiter.js';

/** The API key of an emulator that was given none. */
export const defaultApiKey = 'e0e0e0e0-0000-4000-8000-000000000001';
/** The webhook signing key of an emulator that was given none. */
export const defaultWebhookSigningKey = 'e0e0e0e0-0000-4000-8000-000000000002';
/** The account key (`/environments`, `/environment/api-keys`) of every emulator that was given none. */
export const defaultAccountKey = 'e0e0e0e0-0000-4000-8000-000000000003';
/** The UUID of the environment that an emulator starts with; part of the addresses for provider webhooks. */
export const defaultEnvironmentUuid = 'e0e0e0e0-0000-4000-8000-000000000004';

/** Options with every default filled in. */
export interface ResolvedOptions {
    startedBy: StartedBy;
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
