import {
    type CallOptions,
    Client,
    callForResponse,
    type HttpMethod,
    type NangoResponse,
    type Operation,
    operation,
} from '@x/core';
import type { ProxyConfiguration } from './proxy-config.js';
import { methodOf, proxyInput } from './proxy-input.js';

/** What all proxied calls share: providers are slow, and their failures are theirs. */
const proxied = { proxied: true, timeout: 300_000 } as const;

export const proxyRead = operation({ ...proxied, name: 'proxy', method: 'GET', path: '/proxy/{endpoint}', idempotent: true });
/** What a provider does with a repeated PUT or DELETE is not known, so no write is repeated. */
export const proxyWrite = operation({ ...proxied, name: 'proxy', method: 'POST', path: '/proxy/{endpoint}', idempotent: false });
export const get = operation({ ...proxied, name: 'get', method: 'GET', path: '/proxy/{endpoint}', idempotent: true });
export const post = operation({ ...proxied, name: 'post', method: 'POST', path: '/proxy/{endpoint}', idempotent: false });
export const put = operation({ ...proxied, name: 'put', method: 'PUT', path: '/proxy/{endpoint}', idempotent: false });
export const patch = operation({ ...proxied, name: 'patch', method: 'PATCH', path: '/proxy/{endpoint}', idempotent: false });
export const del = operation({ ...proxied, name: 'delete', method: 'DELETE', path: '/proxy/{endpoint}', idempotent: false });

const writes = new Set<HttpMethod>(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Requests to the providers' own APIs with a connection's credentials (wire contract 14).
 *
 * All methods resolve to the whole answer and share these errors: `NangoProviderError` when the provider answered an error status, with
 * its body in `response.data`; `NangoApiError` when Nango itself did, as far as that can be told (`source`). Nango passes a buffered
 * success on as 200, whatever the provider's 2xx was, and only a few of its headers; streamed answers keep both (wire contract 22).
 */
export class ProxyCalls extends Client {
    protected static override readonly product: string = `@x/proxy/${__VERSION__}`;

    /**
     * Sends a request with any method: also HEAD, OPTIONS, PROPFIND and REPORT (wire contract 14).
     *
     * @throws {NangoInputError} for an unknown method, an endpoint that leaves the provider's API, or a body that can't be sent
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * const { headers } = await nango.proxy({ method: 'HEAD', endpoint: '/files/1', providerConfigKey: 'drive', connectionId: 'user-1' });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: as axios types it, so that code written for it compiles unchanged
    async proxy<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        const method = methodOf(config, 'proxy');
        const declared = writes.has(method) ? proxyWrite : proxyRead;
        return callForResponse<T>(this, declared, proxyInput(this, method, config, options, 'proxy'));
    }

    /**
     * GET (wire contract 14). A failed connection is tried again; an answer is not, unless the call sets `retry`.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * const { data } = await nango.get<{ name: string }[]>({
     *     endpoint: '/user/repos',
     *     params: { per_page: 100, topic: ['api', 'sdk'] },
     *     providerConfigKey: 'github',
     *     connectionId: 'user-1',
     * });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async get<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        return send<T>(this, get, config, options);
    }

    /**
     * POST (wire contract 14). Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * const form = new FormData();
     * form.set('file', new Blob(['hello']), 'hello.txt');
     * await nango.post({ endpoint: '/files', data: form, providerConfigKey: 'drive', connectionId: 'user-1' });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async post<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        return send<T>(this, post, config, options);
    }

    /**
     * PUT (wire contract 14). Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.put({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async put<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        return send<T>(this, put, config, options);
    }

    /**
     * PATCH (wire contract 14). Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.patch({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async patch<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        return send<T>(this, patch, config, options);
    }

    /**
     * DELETE, with a body if `data` is given (wire contract 14). Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.delete({ endpoint: '/contacts/7', providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async delete<T = any>(config: ProxyConfiguration, options?: CallOptions): Promise<NangoResponse<T>> {
        return send<T>(this, del, config, options);
    }
}

function send<T>(
    client: object,
    declared: Operation,
    config: ProxyConfiguration,
    options: CallOptions | undefined,
): Promise<NangoResponse<T>> {
    return callForResponse<T>(client, declared, proxyInput(client, declared.method, config, options, declared.name));
}
