import type { DedupeStore } from '@x/webhooks/fetch';

interface Redis {
    exists(key: string): Promise<number>;
    set(key: string, value: string, options: { PX: number }): Promise<unknown>;
}

/** Shares the memory of handled deliveries among processes. */
export const redisDedupeStore = (redis: Redis): DedupeStore => ({
    has: async (hash) => (await redis.exists(`nango-webhook:${hash}`)) === 1,
    add: (hash, ttl) => redis.set(`nango-webhook:${hash}`, '1', { PX: ttl }),
});
