import { loadOnce } from '../runtime/load-once.js';
import { NodeTransport } from '../transport/node/node-transport.js';
import type { NangoOptions } from '../types/options.js';
import type { Transport } from '../types/transport.js';
import type { Platform } from './platform.js';

/** Node: requests go through `node:http` unless the caller brings a `fetch`. */
export const platform: Platform = {
    runtime: () => `node.js/${process.versions.node}`,
    createTransport: (options) =>
        options.fetch
            ? lazyFetchTransport(options.fetch)
            : new NodeTransport(options.httpAgent, options.httpsAgent, options.maxSockets),
    sha256: (text) => process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex'),
    sharesPromises: true,
};

/** ky asks the runtime what `fetch` can do as soon as it is loaded, which costs tens of ms on Node: only when it is used. */
function lazyFetchTransport(fetch: NonNullable<NangoOptions['fetch']>): Transport {
    const transport = loadOnce(async () => new (await import('../transport/fetch-transport.js')).FetchTransport(fetch));
    return { send: async (request) => (await transport()).send(request) };
}
