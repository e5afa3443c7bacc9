import { type CallInput, type CallOptions, Client, call, type Operation } from '@x/core';
import { argumentError, idsInBody, requireId, requireKnown, requireObject } from '@x/core/internal';
import type { ConnectSession, ConnectSessionInput, NewConnectSession, ReconnectSessionInput } from './connect-session.js';
import { keepTags } from './keep-tags.js';
import * as operations from './operations.js';

const sessionIds = ['end_user.id', 'organization.id', 'allowed_integrations'];
const reconnectIds = ['connection_id', 'integration_id', 'end_user.id', 'organization.id'];

/**
 * The sessions in which your users connect their accounts.
 *
 * @typeParam T types of your integrations, as `@x/typegen` writes them
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export class ConnectSessions<T = any> extends Client {
    protected static override readonly product: string = `@x/connect/${__VERSION__}`;
    declare untyped: () => ConnectSessions;

    /**
     * Starts a session in which your user creates a connection. Pass the token to `@nangohq/frontend`, or send the user to the link.
     * Take the `end_user` from your own login, never from the request.
     *
     * @throws {NangoApiError} `invalid_body` (unknown integration, bad email, too many tags, …), `resource_capped`
     * @throws {NangoPermissionError} `overrides` need a plan that has them
     * @example
     * ```ts
     * const { data } = await nango.createConnectSession({
     *     end_user: { id: 'user-1', email: 'ada@example.com' },
     *     allowed_integrations: ['github'],
     * });
     * console.log(data.connect_link, data.expires_at);
     * ```
     * @see docs/connect-a-user.md
     */
    async createConnectSession(body: ConnectSessionInput<T>, options?: CallOptions): Promise<{ data: NewConnectSession }> {
        requireObject(body, 'body', 'createConnectSession', "{ end_user: { id: 'user-1' } }");
        return call(this, operations.createConnectSession, {
            body: idsInBody(body, sessionIds, 'createConnectSession'),
            options,
        });
    }

    /**
     * Starts a session in which a user gives new credentials to a connection, e.g. after `invalid_credentials`.
     *
     * The connection gets the session's tags and no others: without `keepTags`, `tags` or `end_user` all of its tags are erased when the
     * user has finished. Where the credentials are not OAuth its metadata is lost too: write it again when the `auth` webhook
     * with `operation: 'override'` has come.
     *
     * @throws {NangoApiError} `invalid_body`: no such connection
     * @throws {NangoPermissionError} `keepTags` needs a key that may list connections
     * @example
     * ```ts
     * const { data } = await nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github', keepTags: true });
     * console.log(data.connect_link);
     * ```
     * @see docs/connect-a-user.md
     */
    createReconnectSession(body: ReconnectSessionInput<T>, options?: CallOptions): Promise<{ data: NewConnectSession }>;
    async createReconnectSession(body: ReconnectSessionInput, options?: CallOptions): Promise<{ data: NewConnectSession }> {
        const { name } = operations.createReconnectSession;
        requireObject(body, 'body', name, "{ connection_id: 'c1', integration_id: 'github', keepTags: true }");
        // The body may hold more than is known here, but `keepTags` that is spelled wrong would erase the tags.
        requireKnown(body, { keepTags: true }, name, 'the members that it knows', { mayHaveOthers: true });
        const { keepTags: keep, ...given } = body;
        if (keep !== undefined && typeof keep !== 'boolean') throw argumentError(name, 'keepTags', 'must be true or false');
        const session = idsInBody(given, reconnectIds, name);
        if (!keep) return call(this, operations.createReconnectSession, { body: session, options });
        const begunAt = Date.now();
        const kept = await keepTags(this, session, options);
        return call(this, operations.createReconnectSession, { body: kept, options, begunAt });
    }

    /**
     * Gets a session by its token, which is sent in place of the API key.
     *
     * @throws {NangoAuthenticationError} the token is unknown or has expired
     * @example
     * ```ts
     * const { data: created } = await nango.createConnectSession({ end_user: { id: 'user-1' } });
     * const { data } = await nango.getConnectSession(created.token);
     * console.log(data.endUser?.id); // 'user-1'
     * ```
     * @see docs/connect-a-user.md
     */
    async getConnectSession(token: string, options?: CallOptions): Promise<{ data: ConnectSession }> {
        return call(this, operations.getConnectSession, asSession(operations.getConnectSession, token, options));
    }

    /**
     * Ends a session before its time, by its token, which is sent in place of the API key.
     *
     * @throws {NangoAuthenticationError} the token is unknown or has expired
     * @example
     * ```ts
     * const { data } = await nango.createConnectSession({ end_user: { id: 'user-1' } });
     * await nango.deleteConnectSession(data.token);
     * ```
     * @see docs/connect-a-user.md
     */
    async deleteConnectSession(token: string, options?: CallOptions): Promise<void> {
        await call(this, operations.deleteConnectSession, asSession(operations.deleteConnectSession, token, options));
    }
}

/** The operation's own headers win over the client's: the API key is not sent. */
function asSession(operation: Operation, token: string, options: CallOptions | undefined): CallInput {
    const text = requireId(token, 'token', operation.name);
    return { headers: { authorization: `Bearer ${text}` }, secrets: [text], options };
}
