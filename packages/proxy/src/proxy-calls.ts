import { type CallOptions, Client, callForResponse, type HttpMethod, type NangoResponse } from '@x/core';
import { proxyRead, proxyWrite } from './operations.js';
import type { ProxyRequest } from './proxy-config.js';
import { proxyInput } from './proxy-input.js';

const writes = new Set<HttpMethod>(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Requests to the providers' own APIs with a connection's credentials.
 *
 * All methods resolve to the whole answer and share these errors: `NangoProviderError` when the provider answered an error status, with
 * its body in `response.data`; `NangoApiError` when Nango itself did, as far as that can be told (`source`). Nango passes a buffered
 * success on as 200, whatever the provider's 2xx was, and only a few of its headers; streamed answers keep both.
 * @see docs/call-a-provider.md
 */
export class ProxyCalls extends Client {
    protected static override readonly product: string = `@x/proxy/${__VERSION__}`;

    /**
     * Sends a request with any method: also HEAD, PROPFIND and REPORT.
     *
     * @throws {NangoInputError} for an unknown method, an endpoint that leaves the provider's API, or a body that can't be sent
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * const { headers } = await nango.proxy({ method: 'HEAD', endpoint: '/files/1', providerConfigKey: 'drive', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: as axios types it, so that code written for it compiles unchanged
    async proxy<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        const input = proxyInput(this, config, options, 'proxy');
        return callForResponse<T>(this, writes.has(input.method) ? proxyWrite : proxyRead, input);
    }

    /**
     * GET. A failed connection is tried again; an answer is not, unless the call sets `retry`.
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
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async get<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        return this.proxy<T>(asking('GET', config), options);
    }

    /**
     * POST. Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * const form = new FormData();
     * form.set('file', new Blob(['hello']), 'hello.txt');
     * await nango.post({ endpoint: '/files', data: form, providerConfigKey: 'drive', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async post<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        return this.proxy<T>(asking('POST', config), options);
    }

    /**
     * PUT. Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.put({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async put<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        return this.proxy<T>(asking('PUT', config), options);
    }

    /**
     * PATCH. Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.patch({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async patch<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        return this.proxy<T>(asking('PATCH', config), options);
    }

    /**
     * DELETE, with a body if `data` is given. Never repeated by the client; `retries` has the server do it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.delete({ endpoint: '/contacts/7', providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async delete<T = any>(config: ProxyRequest, options?: CallOptions): Promise<NangoResponse<T>> {
        return this.proxy<T>(asking('DELETE', config), options);
    }
}

/** What is not an object goes on as it is: `proxy` refuses it. */
const asking = (method: HttpMethod, config: ProxyRequest): ProxyRequest =>
    typeof config === 'object' && config !== null ? { ...config, method } : config;
