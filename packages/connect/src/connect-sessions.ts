import { type CallInput, type CallOptions, Client, call, type Operation } from '@x/core';
import { requireId, requireObject } from '@x/core/internal';
import type { ConnectSession, ConnectSessionInput, NewConnectSession, ReconnectSessionInput } from './connect-session.js';
import * as operations from './operations.js';

/** The sessions in which your users connect their accounts. */
export class ConnectSessions extends Client {
    protected static override readonly product: string = `@x/connect/${__VERSION__}`;

    /**
     * Starts a session in which a user of yours makes a connection. Hand the token to `@nangohq/frontend`, or
     * send the user to the link. Take the `end_user` from your own login, never from the request.
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
    async createConnectSession(body: ConnectSessionInput, options?: CallOptions): Promise<{ data: NewConnectSession }> {
        requireObject(body, 'body', 'createConnectSession', "{ end_user: { id: 'user-1' } }");
        return call(this, operations.createConnectSession, { body, options });
    }

    /**
     * Starts a session in which a user gives new credentials to a connection, e.g. after `invalid_credentials`.
     *
     * @throws {NangoApiError} `invalid_body`: no such connection
     * @example
     * ```ts
     * const { data } = await nango.createReconnectSession({ connection_id: 'c1', integration_id: 'github' });
     * console.log(data.connect_link);
     * ```
     * @see docs/connect-a-user.md
     */
    async createReconnectSession(body: ReconnectSessionInput, options?: CallOptions): Promise<{ data: NewConnectSession }> {
        requireObject(body, 'body', 'createReconnectSession', "{ connection_id: 'c1', integration_id: 'github' }");
        return call(this, operations.createReconnectSession, { body, options });
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
    requireId(token, 'token', operation.name);
    return { headers: { authorization: `Bearer ${token}` }, secrets: [token], options };
}
