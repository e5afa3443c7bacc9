import { type CallOptions, Client, callForResponse, type HttpMethod, type IntegrationId, type NangoResponse } from '@x/core';
import { proxyRead, proxyWrite } from './operations.js';
import type { ProxyRequest } from './proxy-config.js';
import { proxyInput } from './proxy-input.js';

const writes = new Set<HttpMethod>(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Requests to the providers' own APIs with a connection's credentials.
 *
 * All methods resolve to the whole answer and share these errors: `NangoProviderError` when the provider answered an error status, with
 * its body in `response.data`; `NangoApiError` when Nango itself did, as far as that is known (`source`). Nango passes a buffered
 * success on as 200, whatever the provider's 2xx was, and only a few of its headers; streamed answers keep both.
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 * @see docs/call-a-provider.md
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class ProxyCalls<T = any> extends Client {
    protected static override readonly product: string = `@x/proxy/${__VERSION__}`;
    declare untyped: () => ProxyCalls;

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
    async proxy<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        const input = proxyInput(this, config, options, 'proxy');
        return await callForResponse<Data>(this, writes.has(input.method) ? proxyWrite : proxyRead, input);
    }

    /**
     * Sends a GET request. A failed connection is tried again; an answer is not, unless the call sets `retry`.
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
    async get<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        return await this.proxy<Data>(asking('GET', config), options);
    }

    /**
     * Sends a POST request. Never repeated by the client once sent; `retries` makes the server repeat it.
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
    async post<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        return await this.proxy<Data>(asking('POST', config), options);
    }

    /**
     * Sends a PUT request. Never repeated by the client once sent; `retries` makes the server repeat it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.put({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async put<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        return await this.proxy<Data>(asking('PUT', config), options);
    }

    /**
     * Sends a PATCH request. Never repeated by the client once sent; `retries` makes the server repeat it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.patch({ endpoint: '/contacts/7', data: { name: 'Ada' }, providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async patch<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        return await this.proxy<Data>(asking('PATCH', config), options);
    }

    /**
     * Sends a DELETE request, with a body if `data` is given. Never repeated by the client once sent; `retries` makes the server repeat it.
     *
     * @throws {NangoProviderError} the provider answered an error status
     * @example
     * ```ts
     * await nango.delete({ endpoint: '/contacts/7', providerConfigKey: 'crm', connectionId: 'user-1' });
     * ```
     * @see docs/call-a-provider.md
     */
    // biome-ignore lint/suspicious/noExplicitAny: see proxy
    async delete<Data = any>(config: ProxyRequest<IntegrationId<T>>, options?: CallOptions): Promise<NangoResponse<Data>> {
        return await this.proxy<Data>(asking('DELETE', config), options);
    }
}

/** What is not an object goes on as it is: `proxy` refuses it. */
const asking = <Request extends ProxyRequest>(method: HttpMethod, config: Request): Request =>
    typeof config === 'object' && config !== null ? Object.assign({}, config, { method }) : config;
