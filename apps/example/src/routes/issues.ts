import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type AppEnv, integrations, type Services } from '../app-context.js';
import { linkOf } from '../link-of.js';

/** What the `create-issue` action takes. */
interface NewIssue {
    title: string;
    body: string;
}

/** What it answers. */
interface Issue {
    number: number;
    url: string;
}

/** Writes to the user's GitHub through an action, which lives in Nango and can be changed without a release of this back end. */
export function issueRoutes({ nango, database }: Services): Hono<AppEnv> {
    const routes = new Hono<AppEnv>();

    routes.post('/', async (c) => {
        const link = linkOf(database, c.get('user'), integrations.issues);
        const { title, body } = await c.req.json<{ title?: unknown; body?: unknown }>();
        if (typeof title !== 'string' || title.trim() === '') throw new HTTPException(400, { message: 'An issue needs a title' });
        // Never repeated by the client once it may have been sent: an issue is not created twice.
        const issue = await nango.triggerAction<NewIssue, Issue>(
            link.integrationId,
            link.connectionId,
            'create-issue',
            { title, body: typeof body === 'string' ? body : '' },
            { totalTimeout: 20_000 },
        );
        return c.json(issue, 201);
    });

    return routes;
}
