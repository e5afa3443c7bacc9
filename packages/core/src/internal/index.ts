/**
 * What the packages of this repository need of core beside its public API. Not for applications: a name here may be removed or change its
 * meaning with any major version of core. etc/core-internal.since.json says in which version each name came.
 *
 * @packageDocumentation
 */

export { cachedCall, forgetCached } from '../client/cached-call.js';
export { type ClientHandle, type ClientPort, clientKey, clientPort } from '../client/call.js';
export { type Paging, pagedIterable, paginate } from '../client/paging.js';
export { argumentError, inputError } from '../errors/input-error.js';
export { jsonBody } from '../request/body.js';
export { checkHeader } from '../request/headers.js';
export { idsInBody } from '../request/ids-in-body.js';
export { callOptionMembers, inlineMembers, inlineOptions } from '../request/inline-options.js';
export type { KnownMembers } from '../request/known-members.js';
export { abandonStream, oneShotBody } from '../request/one-shot-body.js';
export { buildPath } from '../request/path.js';
export { buildQuery } from '../request/query.js';
export { readKnown, requireId, requireKnown, requireNamed, requireObject } from '../request/require.js';
export { onAbort } from '../runtime/on-abort.js';
export { sleep } from '../runtime/sleep.js';
export { warnOnce } from '../runtime/warn-once.js';
export type { CachedRead } from '../token-cache/token-cache.js';
