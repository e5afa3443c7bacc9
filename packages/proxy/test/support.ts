import { apiKey, type Handler, serve } from '../../core/test/support/loopback.js';
import { ProxyCalls } from '../src/index.js';

/** The connection that all tests go through. */
export const through = { providerConfigKey: 'github', connectionId: 'user-1' } as const;

/** The ways a request can be sent: as on Node, and as where fetch is the platform. */
export const transports = [
    ['node:http', {}],
    ['fetch', { fetch: globalThis.fetch }],
] as const;

/** A server and a client for it. */
export async function start(handler?: Handler, options: object = {}) {
    const { url, requests } = await serve(handler);
    return { nango: new ProxyCalls({ apiKey, host: url, ...options }), requests, url };
}
