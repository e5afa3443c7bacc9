import type { CachedRead } from '../token-cache/token-cache.js';
import { clientPort } from './call.js';

/** Reads an answer through the client's token cache; without one it is just loaded. */
export function cachedCall<T>(client: object, read: CachedRead<T>): Promise<T> {
    const { cached } = clientPort(client);
    return read.mode === 'pass' || !cached ? read.load() : cached.read(read);
}

/** Drops what the client's token cache keeps, since it was changed. Never fails. */
export async function forgetCached(client: object, of: readonly string[]): Promise<void> {
    await clientPort(client).cached?.forget(of);
}
