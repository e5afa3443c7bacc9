import { Hono } from 'hono';
import { type AppEnv, integrations, type Services } from '../app-context.js';
import { linkOf } from '../link-of.js';

/** The user's contacts, from our own table: fast, and there when HubSpot is not. */
export function contactRoutes({ nango, database }: Services): Hono<AppEnv> {
    const routes = new Hono<AppEnv>();

    routes.get('/', (c) => {
        const link = linkOf(database, c.get('user'), integrations.crm);
        return c.json({ contacts: database.contactsOf(link.connectionId) });
    });

    // The sync runs on its schedule; this is the user's "refresh now". The records arrive with the `sync` webhook.
    routes.post('/refresh', async (c) => {
        const link = linkOf(database, c.get('user'), integrations.crm);
        await nango.triggerSync(link.integrationId, ['contacts'], link.connectionId);
        return c.json({ refreshing: true }, 202);
    });

    return routes;
}
