import { type CallOptions, Client, call } from '@x/core';
import { requireKnown } from '@x/core/internal';
import type { FunctionTemplate } from '../functions/function.js';
import * as operations from '../operations.js';
import type { Provider } from './provider.js';

const listMembers = { search: true, connect_session_token: true } as const;

/** The third-party APIs that Nango knows. */
export class Providers extends Client {
    protected static override readonly product: string = `@x/integrations/${__VERSION__}`;

    /**
     * Lists the providers of the catalogue.
     *
     * @param queries `search`: a case-insensitive regular expression on the provider's name, so `.` matches any character
     * `connect_session_token` is taken for compatibility with `@nangohq/node` and not sent: a token in a URL ends up in logs
     * @throws {NangoApiError} `invalid_query_params` for a search with other characters than letters, digits and `~ : . @ _ -` or space
     * @example
     * ```ts
     * const { data } = await nango.listProviders({ search: 'hub' });
     * console.log(data.map((provider) => provider.name)); // [ 'github', 'hubspot', … ]
     * ```
     * @see docs/contract/05-providers.md
     */
    async listProviders(
        queries?: { search?: string | undefined; connect_session_token?: string | undefined },
        options?: CallOptions,
    ): Promise<{ data: Provider[] }> {
        if (typeof queries === 'object' && queries !== null) requireKnown(queries, listMembers, 'listProviders');
        return call(this, operations.listProviders, { query: { search: queries?.search ?? undefined }, options });
    }

    /**
     * Gets one provider.
     *
     * @throws {NangoNotFoundError} no such provider
     * @example
     * ```ts
     * const { data } = await nango.getProvider({ provider: 'github' });
     * console.log(data.auth_mode); // 'OAUTH2'
     * ```
     * @see docs/contract/05-providers.md
     */
    async getProvider(params: { provider: string }, options?: CallOptions): Promise<{ data: Provider }> {
        return call(this, operations.getProvider, { path: { provider: params?.provider }, options });
    }

    /**
     * Lists the ready-made syncs and actions of a provider. Empty for an unknown provider.
     *
     * @example
     * ```ts
     * const { data } = await nango.getProviderTemplates({ provider: 'github' });
     * console.log(data.map((template) => `${template.type} ${template.name}`));
     * ```
     * @see docs/contract/05-providers.md
     */
    async getProviderTemplates(params: { provider: string }, options?: CallOptions): Promise<{ data: FunctionTemplate[] }> {
        return call(this, operations.getProviderTemplates, { path: { provider: params?.provider }, options });
    }
}
