import { type CallOptions, Client, call, callForResponse, type NangoResponse } from '@x/core';
import { idsInBody, requireKnown, requireObject } from '@x/core/internal';
import * as operations from '../operations.js';
import type { Integration, IntegrationInput, IntegrationPatch, QuickstartIntegrationInput } from './integration.js';

const newKey = ['unique_key'];

/** The providers that are set up in your environment. */
export class Integrations extends Client {
    protected static override readonly product: string = `@x/integrations/${__VERSION__}`;

    /**
     * Lists all integrations of the environment. There are no pages.
     *
     * @example
     * ```ts
     * const { configs } = await nango.listIntegrations();
     * console.log(configs.map((integration) => integration.unique_key));
     * ```
     * @see docs/contract/06-integrations.md
     */
    async listIntegrations(options?: CallOptions): Promise<{ configs: Integration[] }> {
        const { data } = await call<{ data: Integration[] }>(this, operations.listIntegrations, { options });
        return { configs: data };
    }

    /**
     * Gets one integration.
     *
     * @param queries `include` adds its webhook URL, its credentials, or both. Without the scope
     * `environment:integrations:read_credentials` the credentials are left out, without an error.
     * @throws {NangoNotFoundError} no such integration
     * @example
     * ```ts
     * const { data } = await nango.getIntegration({ uniqueKey: 'github' }, { include: ['webhook', 'credentials'] });
     * console.log(data.webhook_url);
     * ```
     * @see docs/contract/06-integrations.md
     */
    async getIntegration(
        params: { uniqueKey: string },
        queries?: { include?: ('webhook' | 'credentials')[] | undefined },
        options?: CallOptions,
    ): Promise<{ data: Integration }> {
        if (typeof queries === 'object' && queries !== null) requireKnown(queries, { include: true }, 'getIntegration');
        const query = { include: queries?.include ?? undefined };
        return call(this, operations.getIntegration, { path: { uniqueKey: params?.uniqueKey }, query, options });
    }

    /**
     * Creates an integration.
     *
     * @throws {NangoApiError} `invalid_body` when the provider is unknown, the key is taken, or credentials are missing or of another type
     * @example
     * ```ts
     * const { data } = await nango.createIntegration({
     *     provider: 'github',
     *     unique_key: 'github-prod',
     *     credentials: { type: 'OAUTH2', client_id: 'id', client_secret: 'secret', scopes: 'repo,user' },
     * });
     * console.log(data.created_at);
     * ```
     * @see docs/contract/06-integrations.md
     */
    async createIntegration(body: IntegrationInput, options?: CallOptions): Promise<{ data: Integration }> {
        requireObject(body, 'body', 'createIntegration', "{ provider: 'github', unique_key: 'github' }");
        return call(this, operations.createIntegration, { body: idsInBody(body, newKey, 'createIntegration'), options });
    }

    /**
     * Creates an integration that uses Nango's own developer app: for trying things out.
     *
     * @throws {NangoApiError} `invalid_body` when Nango has no app for the provider
     * @example
     * ```ts
     * const { data } = await nango.createQuickstartIntegration({ provider: 'github', unique_key: 'github-dev' });
     * console.log(data.unique_key);
     * ```
     * @see docs/contract/06-integrations.md
     */
    async createQuickstartIntegration(body: QuickstartIntegrationInput, options?: CallOptions): Promise<{ data: Integration }> {
        requireObject(body, 'body', 'createQuickstartIntegration', "{ provider: 'github', unique_key: 'github' }");
        const named = idsInBody(body, newKey, 'createQuickstartIntegration');
        return call(this, operations.createQuickstartIntegration, { body: named, options });
    }

    /**
     * Changes an integration; what the body leaves out stays.
     *
     * @throws {NangoNotFoundError} no such integration
     * @throws {NangoApiError} `invalid_body` when a new `unique_key` is taken, or the integration has connections
     * @example
     * ```ts
     * await nango.updateIntegration({ uniqueKey: 'github' }, { display_name: 'GitHub (EU)' });
     * ```
     * @see docs/contract/06-integrations.md
     */
    async updateIntegration(
        params: { uniqueKey: string },
        body: IntegrationPatch,
        options?: CallOptions,
    ): Promise<{ data: Integration }> {
        requireObject(body, 'body', 'updateIntegration', "{ display_name: 'GitHub' }");
        const changes = idsInBody(body, newKey, 'updateIntegration');
        return call(this, operations.updateIntegration, { path: { uniqueKey: params?.uniqueKey }, body: changes, options });
    }

    /**
     * Deletes an integration and all of its connections.
     *
     * @returns the whole answer
     * @throws {NangoNotFoundError} no such integration
     * @example
     * ```ts
     * const response = await nango.deleteIntegration('github-dev');
     * console.log(response.status); // 200
     * ```
     * @see docs/contract/06-integrations.md
     */
    async deleteIntegration(providerConfigKey: string, options?: CallOptions): Promise<NangoResponse<{ success: true }>> {
        return callForResponse(this, operations.deleteIntegration, { path: { uniqueKey: providerConfigKey }, options });
    }
}
