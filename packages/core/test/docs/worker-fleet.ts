import { redisStore } from '@x/core/redis';
import { Nango } from '@x/node';
import { Redis } from 'ioredis';

/** Your client, yours to close: of `ioredis`, or a connected one of `redis`. */
const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');

export const nango = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    rateLimit: { store: redisStore(redis) },
    logger: console, // says so, once, when Redis does not answer
});
