/** A client of the `ioredis` package, as far as it is used here. */
export interface IoredisLike {
    readonly status: string;
    defineCommand(name: string, definition: { lua: string }): void;
    // biome-ignore lint/suspicious/noExplicitAny: only `any` fits the overloads of all its versions
    eval(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    get(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    set(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    del(...args: any[]): Promise<unknown>;
}

/** A client of the `redis` package (node-redis), as far as it is used here. */
export interface NodeRedisLike {
    readonly isReady?: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: only `any` fits the overloads of all its versions
    eval(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    get(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    set(...args: any[]): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    del(...args: any[]): Promise<unknown>;
}

/** A connected client that you made: of `ioredis` (also its `Cluster`) or of `redis` (also its clusters). It stays yours to close. */
export type RedisClient = IoredisLike | NodeRedisLike;

/** The few commands that are needed, whatever the client. All reject at once while it has lost its connection. */
export interface Commands {
    eval(script: string, keys: string[], args: string[]): Promise<unknown>;
    get(key: string): Promise<string | undefined>;
    /** @param maxAge ms */
    set(key: string, value: string, maxAge: number): Promise<void>;
    delete(key: string): Promise<void>;
}

export function commandsOf(client: RedisClient): Commands {
    const io = 'defineCommand' in client ? client : undefined;
    let wasReady = false;
    // Both kinds keep commands until they are connected. That is right for the first time; after a loss, nobody would wait for them
    // any more.
    const connected = async () => {
        const ready = io ? io.status === 'ready' : (client as NodeRedisLike).isReady !== false;
        if (wasReady && !ready) throw new Error('the Redis client has lost its connection');
        wasReady = ready;
    };
    return {
        async eval(script, keys, args) {
            await connected();
            return io ? io.eval(script, keys.length, ...keys, ...args) : client.eval(script, { keys, arguments: args });
        },
        async get(key) {
            await connected();
            const value = await client.get(key);
            return typeof value === 'string' ? value : undefined;
        },
        async set(key, value, maxAge) {
            await connected();
            const ms = Math.max(1, Math.round(maxAge));
            await (io ? io.set(key, value, 'PX', ms) : client.set(key, value, { PX: ms }));
        },
        async delete(key) {
            await connected();
            await client.del(key);
        },
    };
}
