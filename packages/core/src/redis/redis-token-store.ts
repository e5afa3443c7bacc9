import type { TokenStore } from '../types/options.js';
import { commandsOf, type RedisClient } from './redis-client.js';

/** Options of {@link redisTokenStore}. */
export interface RedisTokenStoreOptions {
    /** Begin of the names of all keys. @default 'nango:token:' */
    readonly prefix?: string;
    /**
     * Changes a value before it is stored, e.g. encrypts it: it holds credentials. `open` undoes it; a value that it can't open
     * counts as absent.
     */
    readonly seal?: (value: string) => string | Promise<string>;
    readonly open?: (value: string) => string | Promise<string>;
}

/** Keeps a token cache in Redis or Valkey, so that all processes with the same account share it. */
export function redisTokenStore(client: RedisClient, options: RedisTokenStoreOptions = {}): TokenStore {
    const { prefix = 'nango:token:', seal, open } = options;
    const commands = commandsOf(client);
    return {
        async get(key) {
            const value = await commands.get(prefix + key);
            return value !== undefined && open ? open(value) : value;
        },
        async set(key, value, maxAge) {
            await commands.set(prefix + key, seal ? await seal(value) : value, maxAge);
        },
        delete: (key) => commands.delete(prefix + key),
    };
}
