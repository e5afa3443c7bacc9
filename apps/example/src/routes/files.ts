import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { type AppEnv, integrations, type Services } from '../app-context.js';
import { linkOf } from '../link-of.js';

const maxSize = 20 * 1024 * 1024;

/** Uploads to HubSpot's file manager through the proxy: Nango adds the user's token, we never see it. */
export function fileRoutes({ nango, database }: Services): Hono<AppEnv> {
    const routes = new Hono<AppEnv>();

    routes.post('/', bodyLimit({ maxSize }), async (c) => {
        const link = linkOf(database, c.get('user'), integrations.crm);
        const { file } = await c.req.parseBody();
        if (!(file instanceof File)) throw new HTTPException(400, { message: 'Send one file, as the form field `file`' });
        const form = new FormData();
        form.set('file', file, file.name);
        form.set('folderPath', '/uploads');
        form.set('options', JSON.stringify({ access: 'PRIVATE' }));
        const { data } = await nango.post<{ id: string; name: string; size: number }>({
            endpoint: '/files/v3/files',
            providerConfigKey: link.integrationId,
            connectionId: link.connectionId,
            data: form,
        });
        return c.json({ id: data.id, name: data.name, size: data.size }, 201);
    });

    return routes;
}
