import type { CachedRead } from '../token-cache/token-cache.js';
import type { CallOptions } from '../types/options.js';
import { clientPort } from './call.js';

/** Reads an answer through the client's token cache; without one it is just loaded. */
export function cachedCall<T>(client: object, read: CachedRead<T>): Promise<T> {
    const { cached } = clientPort(client);
    return read.mode === 'pass' || !cached ? read.load() : cached.read(read);
}

/**
 * Drops what the client's token cache keeps, since it was changed. Never fails, and takes no longer than the call that changed it may.
 *
 * @param options of that call
 * @param begunAt when that call began, in ms since 1970
 */
export async function forgetCached(
    client: object,
    of: readonly string[],
    options?: CallOptions,
    begunAt = Date.now(),
): Promise<void> {
    await clientPort(client).cached?.forget(of, options, begunAt);
}
