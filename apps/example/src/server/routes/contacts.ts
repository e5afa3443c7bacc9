import { and, asc, count, eq, ilike, or } from 'drizzle-orm';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { bodyOf, line } from '../body-of.js';
import { contacts } from '../database/schema.js';
import { withLink } from '../failures.js';
import { integrationOf } from '../integrations.js';
import { lookUp } from '../look-up.js';
import type { AppEnv, Services } from '../services.js';
import { addTask } from '../tasks.js';

const query = z.object({
    search: line.max(100).default(''),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const newContact = z.strictObject({
    integrationId: z.string(),
    name: line.trim().min(1, 'Enter a name').max(200),
    email: z.email('Enter an email address').max(254),
    company: line.trim().max(200).default(''),
});

const maxSize = 20 * 1024 * 1024;

/** The tenant's contacts: listed from our own table, looked up and changed at the provider. */
export function contactRoutes(services: Services): Hono<AppEnv> {
    const { tables } = services.database;
    const routes = new Hono<AppEnv>();

    routes.get('/', async (c) => {
        const { success, data } = query.safeParse(c.req.query());
        if (!success) throw new HTTPException(400, { message: 'search is a line of up to 100 characters, limit is 1 to 1000.' });
        const pattern = `%${data.search.replace(/[\\%_]/g, '\\$&')}%`;
        const of = and(
            eq(contacts.tenantId, c.get('user').tenant.id),
            data.search
                ? or(ilike(contacts.name, pattern), ilike(contacts.email, pattern), ilike(contacts.company, pattern))
                : undefined,
        );
        const { integrationId, id, name, email, company, changedAt } = contacts;
        const found = await tables
            .select({ integrationId, id, name, email, company, changedAt })
            .from(contacts)
            .where(of)
            .orderBy(asc(name), asc(integrationId), asc(id))
            .limit(data.limit);
        const [total] = await tables.select({ contacts: count() }).from(contacts).where(of);
        return c.json({ contacts: found, total: total?.contacts ?? 0 });
    });

    // Created at the provider, by an action that runs later: the answer is a task, which the page follows.
    routes.post('/', async (c) => {
        const { integrationId, ...input } = await bodyOf(c, newContact);
        return withLink(services, c.get('user'), integrationId, async (link) =>
            c.json(await addTask(services, c.get('user'), link, input), 202),
        );
    });

    // What the provider says right now.
    routes.get('/:integrationId/:id/live', async (c) => {
        const { integrationId, id } = c.req.param();
        return withLink(services, c.get('user'), integrationId, async (link) =>
            c.json({ fields: await lookUp(services.nango, link, id, c.req.raw.signal) }),
        );
    });

    // Goes to the provider's file store through the proxy: Nango adds the user's token, we never see it.
    routes.post('/:integrationId/files', bodyLimit({ maxSize }), async (c) => {
        const integration = integrationOf(c.req.param('integrationId'));
        const endpoint = integration?.files;
        if (!endpoint) throw new HTTPException(404, { message: 'This integration takes no files.' });
        const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
        const { file } = body;
        if (!(file instanceof File)) throw new HTTPException(400, { message: 'Send one file, as the form field file.' });
        return withLink(services, c.get('user'), integration.id, async ({ integrationId: providerConfigKey, connectionId }) => {
            const data = new FormData();
            data.set('file', file, file.name);
            data.set('folderPath', '/contacts-hub');
            data.set('options', JSON.stringify({ access: 'PRIVATE' }));
            await services.nango.post({ endpoint, providerConfigKey, connectionId, data });
            return c.json({ name: file.name, size: file.size }, 201);
        });
    });

    return routes;
}
