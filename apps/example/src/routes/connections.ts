import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type AppEnv, integrations, type Services } from '../app-context.js';

const offered: readonly string[] = Object.values(integrations);

/** Connecting a user's accounts, listing them, letting go of them. */
export function connectionRoutes({ nango, database }: Services): Hono<AppEnv> {
    const routes = new Hono<AppEnv>();

    // The browser opens `connectLink`, or hands `token` to @nangohq/frontend. The token lives for 30 minutes.
    routes.post('/:integrationId/session', async (c) => {
        const user = c.get('user');
        const integrationId = c.req.param('integrationId');
        if (!offered.includes(integrationId)) throw new HTTPException(404, { message: 'No such integration' });
        const { data } = await nango.createConnectSession({
            // Nango keeps this as tags of the connection: that is how a webhook is matched to the user later.
            end_user: { id: user.id, email: user.email, display_name: user.name },
            organization: { id: user.organization.id, display_name: user.organization.name },
            allowed_integrations: [integrationId],
        });
        return c.json({ token: data.token, connectLink: data.connect_link, expiresAt: data.expires_at }, 201);
    });

    // For a connection whose token was revoked: the same connection gets new credentials.
    routes.post('/:integrationId/reconnect-session', async (c) => {
        const link = database.findLink(c.get('user').id, c.req.param('integrationId'));
        if (!link) throw new HTTPException(404, { message: 'No such connection' });
        const { data } = await nango.createReconnectSession({
            connection_id: link.connectionId,
            integration_id: link.integrationId,
            // Otherwise the server erases them, and webhooks no longer say whose connection it is.
            keepTags: true,
        });
        return c.json({ token: data.token, connectLink: data.connect_link, expiresAt: data.expires_at }, 201);
    });

    // From our own table, so that a page may ask often. With `?fresh` from Nango, for a webhook that got lost.
    routes.get('/', async (c) => {
        const user = c.get('user');
        if (c.req.query('fresh') !== undefined) {
            const { connections } = await nango.listConnections({ userId: user.id }, { signal: c.req.raw.signal });
            // Newest first: the last one saved is the one that counts.
            for (const { provider_config_key, connection_id } of connections.toReversed()) {
                database.saveLink({ userId: user.id, integrationId: provider_config_key, connectionId: connection_id });
            }
        }
        return c.json({
            integrations: offered.map((integrationId) => {
                const link = database.findLink(user.id, integrationId);
                return {
                    integrationId,
                    connected: link !== undefined,
                    needsReconnect: link !== undefined && database.isBroken(link.connectionId),
                };
            }),
        });
    });

    routes.delete('/:integrationId', async (c) => {
        const link = database.findLink(c.get('user').id, c.req.param('integrationId'));
        if (!link) throw new HTTPException(404, { message: 'No such connection' });
        await nango.deleteConnection(link.integrationId, link.connectionId);
        database.removeLink(link);
        return c.body(null, 204);
    });

    return routes;
}
