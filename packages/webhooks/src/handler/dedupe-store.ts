/**
 * Where handlers remember which deliveries succeeded. A delivery carries neither an id nor a time, so it is known by the SHA-256 of its
 * body. Implement it over Redis, KV or a table to share it among processes.
 */
export interface DedupeStore {
    /** Whether this hash was added less than its time to live ago. */
    has(hash: string): boolean | Promise<boolean>;
    /** Remembers a hash. @param ttl Milliseconds. */
    add(hash: string, ttl: number): unknown;
}

/**
 * Remembers in this process.
 *
 * @param limit How many hashes at most; the oldest goes first. @default 10000
 */
export function memoryDedupeStore(limit = 10_000): DedupeStore {
    const expiries = new Map<string, number>();
    return {
        has: (hash) => (expiries.get(hash) ?? 0) > Date.now(),
        add(hash, ttl) {
            // Deleted first, so that a renewed hash counts as the newest.
            expiries.delete(hash);
            expiries.set(hash, Date.now() + ttl);
            if (expiries.size > limit) expiries.delete(expiries.keys().next().value as string);
        },
    };
}
