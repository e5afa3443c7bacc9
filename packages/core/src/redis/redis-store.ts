import { askStore } from '../rate-limit/ask-store.js';
import type { Lease, LeaseRequest, PermitStore } from '../rate-limit/permit-store.js';
import type { RateLimitStore } from '../types/options.js';
import { leaseScript } from './lease-script.js';
import { commandsOf, type RedisClient } from './redis-client.js';

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
    /** Begin of the names of all keys. @default 'nango:rate-limit:' */
    readonly prefix?: string;
}

/**
 * Keeps the rate limit in Redis (7 or later, also 6.2) or Valkey, so that all processes with the same account share it. They lease
 * permits many at a time: under load Redis is asked once in 20 calls or less. When Redis does not answer, calls proceed, and each
 * process keeps the limit by itself.
 *
 * @example
 * ```ts
 * import { redisStore } from '@x/core/redis';
 * import { Redis } from 'ioredis';
 *
 * const store = redisStore(new Redis('redis://localhost:6379'));
 * const options = { apiKey: 'key', rateLimit: { store } };
 * ```
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): RateLimitStore {
    const { prefix = 'nango:rate-limit:' } = options;
    const commands = commandsOf(client);
    const id = crypto.randomUUID();
    const store: PermitStore = {
        name: `redis:${prefix}`,
        ask: askStore,
        async lease(request) {
            // One hash tag, so that a cluster keeps both keys in one place.
            const key = `${prefix}{${request.key}}`;
            return readLease(await commands.eval(leaseScript, [key, `${key}:processes`], leaseArguments(id, request)));
        },
    };
    return store;
}

function leaseArguments(id: string, { want, limit, remaining, endsIn, over, blockedFor, about, length }: LeaseRequest): string[] {
    return [id, ...[want, limit ?? 0, remaining, endsIn, over, blockedFor, about, length].map(String)];
}

function readLease(reply: unknown): Lease {
    const [granted, window, endsIn, retryIn] = (Array.isArray(reply) ? reply : []).map(Number) as [
        number,
        number,
        number,
        number,
    ];
    return { granted: granted < 0 ? undefined : granted, window, endsIn, retryIn };
}
