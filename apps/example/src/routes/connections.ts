import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type AppEnv, integrations, type Services } from '../app-context.js';

/** Connecting a user's accounts, listing them, letting go of them. */
export function connectionRoutes({ nango, database }: Services): Hono<AppEnv> {
    const routes = new Hono<AppEnv>();

    // The browser opens `connectLink`, or hands `token` to @nangohq/frontend. The token lives for 30 minutes.
    routes.post('/session', async (c) => {
        const user = c.get('user');
        const { data } = await nango.createConnectSession({
            // Nango keeps this as tags of the connection: that is how a webhook is matched to the user later.
            end_user: { id: user.id, email: user.email, display_name: user.name },
            organization: { id: user.organization.id, display_name: user.organization.name },
            allowed_integrations: Object.values(integrations),
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
        });
        return c.json({ token: data.token, connectLink: data.connect_link, expiresAt: data.expires_at }, 201);
    });

    routes.get('/', async (c) => {
        const user = c.get('user');
        const { connections } = await nango.listConnections({ userId: user.id }, { signal: c.req.raw.signal });
        // Webhooks can get lost. Nango's own list can't, so it repairs our table; it is sorted newest first.
        for (const { provider_config_key, connection_id } of connections.toReversed()) {
            database.saveLink({ userId: user.id, integrationId: provider_config_key, connectionId: connection_id });
        }
        return c.json({
            integrations: Object.values(integrations).map((integrationId) => {
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
