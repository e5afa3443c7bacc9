import { NangoConfigError } from '../errors/config-error.js';
import { type KnownMembers, unknownMember } from '../request/known-members.js';
import type { TokenCacheOptions } from '../types/options.js';

/** Nango's own advice (docs of `getToken`): no token is kept longer than this, in ms. */
export const longestAge = 300_000;

const knownTokenCache: KnownMembers<TokenCacheOptions> = { maxAge: true, store: true, storeTimeout: true };

/** @throws {NangoConfigError} */
export function checkTokenCache(options: TokenCacheOptions | false | undefined): void {
    if (options === undefined || options === false) return;
    if (typeof options !== 'object' || options === null)
        throw new NangoConfigError('`tokenCache` must be an object, e.g. { maxAge: 60_000 }, or false');
    const unknown = unknownMember(options, knownTokenCache, 'the members of `tokenCache`');
    if (unknown) throw new NangoConfigError(unknown);
    const { maxAge, store, storeTimeout } = options;
    if (maxAge !== undefined && !(typeof maxAge === 'number' && maxAge > 0 && maxAge <= longestAge))
        throw new NangoConfigError('`tokenCache.maxAge` must be a number of milliseconds, at most 300000: tokens may be revoked');
    if (
        store !== undefined &&
        (typeof store?.get !== 'function' || typeof store.set !== 'function' || typeof store.delete !== 'function')
    )
        throw new NangoConfigError('`tokenCache.store` must have get, set and delete');
    if (storeTimeout !== undefined && !(typeof storeTimeout === 'number' && storeTimeout > 0))
        throw new NangoConfigError('`tokenCache.storeTimeout` must be a number of milliseconds above 0');
}
