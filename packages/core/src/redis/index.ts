export type { IoredisLike, NodeRedisLike, RedisClient } from './redis-client.js';
export { type RedisStoreOptions, redisStore } from './redis-store.js';
export { type RedisTokenStoreOptions, redisTokenStore } from './redis-token-store.js';
