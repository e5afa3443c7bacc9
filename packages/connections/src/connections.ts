import {
    type CallOptions,
    Client,
    type Compared,
    call,
    type IfUntyped,
    type IntegrationId,
    type Nameable,
    type NangoResponse,
    type PagedIterable,
} from '@x/core';
import { changeMetadata } from './change-metadata.js';
import type { AnyMetadata, Connection, Metadata } from './connection.js';
import type { ConnectionPatch, ImportConnectionInput, MetadataChangeResponse } from './connection-input.js';
import type { ConnectionToken, RawCredentials } from './credentials.js';
import { deleteConnection } from './delete-connection.js';
import { fetchConnection, type GetConnectionOptions, type GetTokenOptions, readFetchOptions } from './fetch-options.js';
import { importConnection } from './import-connection.js';
import { type IterateConnectionsParams, iterateConnections } from './iterate-connections.js';
import { listConnections } from './list-connections.js';
import type { LegacyListQueries, ListConnectionsParams } from './list-query.js';
import * as operations from './operations.js';
import { patchConnection } from './patch-connection.js';
import { readConnection } from './read-connection.js';
import { readCredentials, tokenOf } from './token.js';
import type { ConfigOf, ConnectionOf, ListedConnectionOf, MetadataInput, MetadataOf } from './typed-connections.js';
import { type WaitForConnectionOptions, waitForConnection } from './wait-for-connection.js';

/**
 * Your users' connections. Each joins one integration and one account.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class Connections<T = any> extends Client {
    protected static override readonly product: string = `@x/connections/${__VERSION__}`;
    declare untyped: () => Connections;

    /**
     * Older form: lists connections by id or by a text that is searched for in ids and end users.
     *
     * @deprecated pass one object
     */
    listConnections<K extends string>(
        connectionId: K | undefined,
        search?: Compared<K, string, CallOptions>,
        queries?: LegacyListQueries,
        options?: CallOptions,
    ): Promise<{ connections: ListedConnectionOf<T, IntegrationId<T>>[] }>;
    /**
     * Lists connections, newest first, without credentials.
     *
     * @throws {NangoInputError} a filter is empty: without it, everybody's connections would be listed
     * @example
     * ```ts
     * const { connections } = await nango.listConnections({ userId: 'user-1', integrationId: ['github', 'gitlab'], page: 2, limit: 100 });
     * console.log(connections.map((connection) => connection.connection_id));
     * ```
     * @see docs/connect-a-user.md
     */
    listConnections<I extends IntegrationId<T> = IntegrationId<T>>(
        params?: ListConnectionsParams<IfUntyped<T, string, I>>,
        options?: CallOptions,
    ): Promise<{ connections: ListedConnectionOf<T, I>[] }>;
    async listConnections(
        first?: ListConnectionsParams | string,
        second?: CallOptions | string,
        queries?: LegacyListQueries,
        options?: CallOptions,
    ): Promise<unknown> {
        return listConnections(this, first, second, queries, options);
    }

    /**
     * Goes through all connections that match, a page at a time. No connection comes twice, even if some are created meanwhile; if some
     * are deleted meanwhile, that many may be missed.
     *
     * @param params as of `listConnections`; `limit` is the size of a page, 500 by default
     * @example
     * ```ts
     * for await (const connection of nango.iterateConnections({ integrationId: 'github' })) {
     *     console.log(connection.connection_id);
     * }
     * ```
     * @see docs/connect-a-user.md
     */
    iterateConnections<I extends IntegrationId<T> = IntegrationId<T>>(
        params?: IterateConnectionsParams<IfUntyped<T, string, I>>,
        options?: CallOptions,
    ): PagedIterable<ListedConnectionOf<T, I>, ListedConnectionOf<T, I>[]>;
    iterateConnections(params: IterateConnectionsParams = {}, options?: CallOptions): PagedIterable<unknown, unknown> {
        return iterateConnections(this, params, options);
    }

    /**
     * Gets a connection with its credentials, which are refreshed first if they are about to expire.
     *
     * @param forceRefresh gets a new access token, even if the old one still lasts. Instead, pass an object with this and the other two
     * flags, and the call's options
     * @param refreshToken adds the refresh token to the answer
     * @param refreshGithubAppJwtToken gets a new JWT of a GitHub app
     * @throws {NangoNotFoundError} no such connection or integration
     * @throws {NangoApiError} `invalid_credentials`: the credentials could not be refreshed; see `isReconnectRequired`
     * @throws {NangoPermissionError} a flag is set, and the key lacks `environment:connections:read_credentials`
     * @example
     * ```ts
     * const connection = await nango.getConnection('github', 'c1', { forceRefresh: true, timeout: 10_000 });
     * if (connection.credentials.type === 'OAUTH2') console.log(connection.credentials.expires_at);
     * ```
     * @see docs/connect-a-user.md
     */
    getConnection<
        M extends Nameable<T, AnyMetadata> = Nameable<T, Metadata>,
        K extends string = string,
        I extends IntegrationId<T> = IntegrationId<T>,
    >(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string,
        options: Compared<K, GetConnectionOptions, boolean> | undefined,
    ): Promise<IfUntyped<T, Connection<M>, ConnectionOf<T, I>>>;
    getConnection<M extends Nameable<T, AnyMetadata> = Nameable<T, Metadata>, I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string,
        forceRefresh?: boolean,
        refreshToken?: boolean,
        refreshGithubAppJwtToken?: boolean,
        options?: CallOptions,
    ): Promise<IfUntyped<T, Connection<M>, ConnectionOf<T, I>>>;
    async getConnection(
        providerConfigKey: string,
        connectionId: string,
        first?: boolean | GetConnectionOptions,
        refreshToken?: boolean,
        refreshGithubAppJwtToken?: boolean,
        last?: CallOptions,
    ): Promise<unknown> {
        const { flags, options } = readFetchOptions(first, { refreshToken, refreshGithubAppJwtToken }, last, 'getConnection');
        return readConnection(this, operations.getConnection, providerConfigKey, connectionId, flags, options);
    }

    /**
     * Gets the token of a connection, refreshed first if it is about to expire: a string for OAuth 2, both tokens for OAuth 1,
     * the credentials as they are for the rest. Don't keep it for more than 5 minutes.
     *
     * @param forceRefresh gets a new token, even if the old one still lasts. Instead, pass an object with this and the other flag, and
     * the call's options
     * @param refreshGithubAppJwtToken gets a new JWT of a GitHub app
     * @throws {NangoPermissionError} the key lacks `environment:connections:read_credentials`
     * @throws {NangoApiError} `invalid_credentials`: the credentials could not be refreshed; see `isReconnectRequired`
     * @example
     * ```ts
     * const token = await nango.getToken('github', 'c1');
     * if (typeof token === 'string') console.log('OAuth 2');
     * else if ('oAuthToken' in token) console.log('OAuth 1');
     * else if (token.type === 'API_KEY') console.log(token.apiKey.length);
     * ```
     * @see docs/connect-a-user.md
     */
    getToken<K extends string = string>(
        providerConfigKey: IntegrationId<T>,
        connectionId: string,
        options: Compared<K, GetTokenOptions, boolean> | undefined,
    ): Promise<ConnectionToken>;
    getToken(
        providerConfigKey: IntegrationId<T>,
        connectionId: string,
        forceRefresh?: boolean,
        refreshGithubAppJwtToken?: boolean,
        options?: CallOptions,
    ): Promise<ConnectionToken>;
    async getToken(
        providerConfigKey: string,
        connectionId: string,
        first?: boolean | GetTokenOptions,
        refreshGithubAppJwtToken?: boolean,
        last?: CallOptions,
    ): Promise<ConnectionToken> {
        const asked = readFetchOptions(first, { refreshGithubAppJwtToken }, last, 'getToken');
        return tokenOf(await readCredentials(this, operations.getToken, providerConfigKey, connectionId, asked));
    }

    /**
     * Gets the provider's own answer to the request for the connection's token: `credentials.raw`. `undefined` for credentials that came
     * from no provider, e.g. an API key.
     *
     * @param forceRefresh see {@link Connections.getToken}
     * @param refreshGithubAppJwtToken see {@link Connections.getToken}
     * @throws {NangoPermissionError} the key lacks `environment:connections:read_credentials`
     * @example
     * ```ts
     * const raw = await nango.getRawTokenResponse<{ scope: string }>('github', 'c1');
     * console.log(raw.scope);
     * ```
     * @see docs/connect-a-user.md
     */
    getRawTokenResponse<Raw = RawCredentials, K extends string = string>(
        providerConfigKey: IntegrationId<T>,
        connectionId: string,
        options: Compared<K, GetTokenOptions, boolean> | undefined,
    ): Promise<Raw>;
    getRawTokenResponse<Raw = RawCredentials>(
        providerConfigKey: IntegrationId<T>,
        connectionId: string,
        forceRefresh?: boolean,
        refreshGithubAppJwtToken?: boolean,
        options?: CallOptions,
    ): Promise<Raw>;
    async getRawTokenResponse<Raw = RawCredentials>(
        providerConfigKey: string,
        connectionId: string,
        first?: boolean | GetTokenOptions,
        refreshGithubAppJwtToken?: boolean,
        last?: CallOptions,
    ): Promise<Raw> {
        const asked = readFetchOptions(first, { refreshGithubAppJwtToken }, last, 'getRawTokenResponse');
        const credentials = await readCredentials(this, operations.getRawTokenResponse, providerConfigKey, connectionId, asked);
        return (credentials as { raw: Raw }).raw;
    }

    /**
     * Changes a connection's end user, tags or webhook address.
     *
     * @throws {NangoNotFoundError} no such connection or integration
     * @example
     * ```ts
     * await nango.patchConnection({ connectionId: 'c1', provider_config_key: 'github' }, { tags: { team: 'blue' } });
     * ```
     * @see docs/connect-a-user.md
     */
    async patchConnection(
        params: { connectionId: string; provider_config_key: IntegrationId<T> },
        body: ConnectionPatch,
        options?: CallOptions,
    ): Promise<{ success: boolean }> {
        return patchConnection(this, params, body, options);
    }

    /**
     * Adds a connection that was authorized elsewhere. One of the same id is overwritten.
     *
     * @throws {NangoNotFoundError} no such integration
     * @throws {NangoApiError} `connection_test_failed`: the provider refused the credentials; `invalid_body`: they are of another type
     * @example
     * ```ts
     * const connection = await nango.importConnection({
     *     provider_config_key: 'private-api-bearer',
     *     connection_id: 'c1',
     *     credentials: { type: 'API_KEY', apiKey: 'secret' },
     * });
     * console.log(connection.created_at);
     * ```
     * @see docs/connect-a-user.md
     */
    importConnection<M extends Nameable<T, unknown> = Nameable<T, Metadata>, I extends IntegrationId<T> = IntegrationId<T>>(
        body: IfUntyped<T, ImportConnectionInput, ImportConnectionInput<I, MetadataInput<T, I>, ConfigOf<T, I>>>,
        options?: CallOptions,
    ): Promise<IfUntyped<T, Connection<M>, ConnectionOf<T, I>>>;
    async importConnection(body: unknown, options?: CallOptions): Promise<unknown> {
        return importConnection(this, body as ImportConnectionInput, options);
    }

    /**
     * Deletes a connection.
     *
     * @returns the whole answer
     * @throws {NangoNotFoundError} no such connection
     * @example
     * ```ts
     * const response = await nango.deleteConnection('github', 'c1');
     * console.log(response.status); // 200
     * ```
     * @see docs/connect-a-user.md
     */
    async deleteConnection(
        providerConfigKey: IntegrationId<T>,
        connectionId: string,
        options?: CallOptions,
    ): Promise<NangoResponse<{ success: boolean }>> {
        return deleteConnection(this, providerConfigKey, connectionId, options);
    }

    /**
     * Gets the metadata of a connection; null when there is none.
     *
     * @throws {NangoNotFoundError} no such connection or integration
     * @example
     * ```ts
     * const metadata = await nango.getMetadata<{ plan: string }>('github', 'c1');
     * console.log(metadata.plan);
     * ```
     */
    getMetadata<M extends Nameable<T, unknown> = Nameable<T, Metadata>, I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string,
        options?: CallOptions,
    ): Promise<IfUntyped<T, M, MetadataOf<T, I> | null>>;
    async getMetadata(providerConfigKey: string, connectionId: string, options?: CallOptions): Promise<unknown> {
        const { operation, input } = fetchConnection(operations.getMetadata, providerConfigKey, connectionId, {}, options);
        return (await call<{ metadata: unknown }>(this, operation, input)).metadata;
    }

    /**
     * Replaces the metadata of one or several connections. With several, all are changed or none.
     *
     * @returns the whole answer
     * @throws {NangoNotFoundError} no such connection
     * @example
     * ```ts
     * await nango.setMetadata('github', ['c1', 'c2'], { plan: 'pro' });
     * ```
     * @see docs/connect-a-user.md
     */
    setMetadata<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string | readonly string[],
        metadata: IfUntyped<T, object, MetadataInput<T, I>>,
        options?: CallOptions,
    ): Promise<NangoResponse<MetadataChangeResponse>>;
    async setMetadata(
        providerConfigKey: string,
        connectionId: string | readonly string[],
        metadata: unknown,
        options?: CallOptions,
    ): Promise<NangoResponse<MetadataChangeResponse>> {
        return changeMetadata(this, operations.setMetadata, providerConfigKey, connectionId, metadata as object, options);
    }

    /**
     * Changes some keys of the metadata of one or several connections; other keys stay. With several, all are
     * changed or none.
     *
     * @returns the whole answer
     * @throws {NangoNotFoundError} no such connection
     * @example
     * ```ts
     * await nango.updateMetadata('github', 'c1', { plan: 'pro' });
     * ```
     * @see docs/connect-a-user.md
     */
    updateMetadata<I extends IntegrationId<T> = IntegrationId<T>>(
        providerConfigKey: IfUntyped<T, string, I>,
        connectionId: string | readonly string[],
        metadata: IfUntyped<T, object, Partial<MetadataInput<T, I>>>,
        options?: CallOptions,
    ): Promise<NangoResponse<MetadataChangeResponse>>;
    async updateMetadata(
        providerConfigKey: string,
        connectionId: string | readonly string[],
        metadata: unknown,
        options?: CallOptions,
    ): Promise<NangoResponse<MetadataChangeResponse>> {
        return changeMetadata(this, operations.updateMetadata, providerConfigKey, connectionId, metadata as object, options);
    }

    /**
     * Waits until a user has connected: checks at once, after 10 s, then every 2 s. Finds connections of connect sessions that were
     * created with `end_user`, and of those with tags alone. If you can, use the `auth` webhook instead.
     *
     * @param integrationKey id of the integration
     * @param userId id of the end user, as given to `createConnectSession`
     * @returns the connection, without credentials
     * @param options `timeout: false` waits forever: pass a `signal` too
     * @throws {NangoTimeoutError} not there after `timeout`
     * @example
     * ```ts
     * const connection = await nango.waitForConnection('github', 'user-1', { timeout: 120_000, interval: 1_000 });
     * console.log(connection.connection_id);
     * ```
     * @see docs/connect-a-user.md
     */
    waitForConnection<I extends IntegrationId<T> = IntegrationId<T>>(
        integrationKey: IfUntyped<T, string, I>,
        userId: string,
        options?: WaitForConnectionOptions,
    ): Promise<ListedConnectionOf<T, I>>;
    async waitForConnection(integrationKey: string, userId: string, options: WaitForConnectionOptions = {}): Promise<unknown> {
        return waitForConnection(this, integrationKey, userId, options);
    }
}
