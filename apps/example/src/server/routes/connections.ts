import { count, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { contacts, links, users } from '../database/schema.js';
import { isGone, withLink } from '../failures.js';
import { integrationOf, integrations } from '../integrations.js';
import { forgetConnection } from '../links.js';
import type { AppEnv, Services } from '../services.js';

/** Connecting a tenant's accounts, listing them, letting go of them. */
export function connectionRoutes(services: Services): Hono<AppEnv> {
    const { nango, config } = services;
    const { tables } = services.database;
    const routes = new Hono<AppEnv>();

    // From our own tables: fast, and there when Nango is not.
    routes.get('/', async (c) => {
        const { tenant } = c.get('user');
        const linked = await tables
            .select({ link: links, connectedBy: users.name })
            .from(links)
            .innerJoin(users, eq(users.id, links.userId))
            .where(eq(links.tenantId, tenant.id));
        const counts = await tables
            .select({ integrationId: contacts.integrationId, contacts: count() })
            .from(contacts)
            .where(eq(contacts.tenantId, tenant.id))
            .groupBy(contacts.integrationId);
        return c.json({
            connections: integrations.map(({ id, name, connects, ...more }) => {
                const found = linked.find(({ link }) => link.integrationId === id);
                return {
                    integrationId: id,
                    name,
                    connects,
                    takesFiles: 'files' in more,
                    state: found?.link.state ?? 'none',
                    connectedBy: found?.connectedBy ?? null,
                    readAt: found?.link.readAt ?? null,
                    contacts: counts.find(({ integrationId }) => integrationId === id)?.contacts ?? 0,
                };
            }),
        });
    });

    // The page hands the token to @nangohq/frontend. It lives for 30 minutes and is good for this integration alone.
    routes.post('/:integrationId/session', async (c) => {
        const { id, email, name, tenant } = c.get('user');
        const integration = integrationOf(c.req.param('integrationId'));
        if (!integration) throw new HTTPException(404, { message: 'There is no such integration.' });
        const { data } = await nango.createConnectSession({
            // Nango keeps these as tags of the connection: by them it is matched to its user and tenant, once it is there.
            end_user: { id, email, display_name: name },
            organization: { id: tenant.id, display_name: tenant.name },
            allowed_integrations: [integration.id],
        });
        return c.json(forBrowser(data), 201);
    });

    // For a connection whose credentials are refused: the same connection gets new ones, and nothing of it is lost.
    routes.post('/:integrationId/reconnect-session', async (c) => {
        return withLink(services, c.get('user'), c.req.param('integrationId'), async ({ connectionId, integrationId }) => {
            const { data } = await nango.createReconnectSession({
                connection_id: connectionId,
                integration_id: integrationId,
                // Otherwise the server erases them, and nothing shows any more whose connection it is.
                keepTags: true,
            });
            return c.json(forBrowser(data), 201);
        });
    });

    // The sync runs on its schedule; this is the user's "now". What it finds arrives with the `sync` webhook.
    routes.post('/:integrationId/refresh', async (c) => {
        return withLink(services, c.get('user'), c.req.param('integrationId'), async ({ connectionId, integrationId }) => {
            await nango.triggerSync(integrationId, ['contacts'], connectionId);
            return c.json({}, 202);
        });
    });

    routes.delete('/:integrationId', async (c) => {
        return withLink(services, c.get('user'), c.req.param('integrationId'), async (link) => {
            await nango.deleteConnection(link.integrationId, link.connectionId).catch((error: unknown) => {
                if (!isGone(error)) throw error;
            });
            await forgetConnection(services, link);
            return c.body(null, 204);
        });
    });

    function forBrowser({ token, connect_link }: { token: string; connect_link: string }) {
        const page = new URL(connect_link);
        return { token, connectUrl: page.origin + page.pathname, apiUrl: config.nangoBrowserHost };
    }

    return routes;
}
