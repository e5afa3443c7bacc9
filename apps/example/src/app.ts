import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { AppEnv, Services } from './app-context.js';
import type { Login } from './current-user.js';
import { answerError } from './errors.js';
import { connectionRoutes } from './routes/connections.js';
import { contactRoutes } from './routes/contacts.js';
import { fileRoutes } from './routes/files.js';
import { issueRoutes } from './routes/issues.js';
import { webhookRoutes } from './routes/webhooks.js';

/** The whole back end. It holds no global state: a test makes as many as it likes. */
export function createApp(services: Services, login: Login): Hono<AppEnv> {
    const app = new Hono<AppEnv>();
    app.onError(answerError);

    // Signed by Nango, so no login here.
    app.route('/webhooks/nango', webhookRoutes(services));

    app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'] } }));
    app.use('/api/*', csrf(), async (c, next) => {
        const user = await login(c.req.raw);
        if (!user) throw new HTTPException(401, { message: 'Please log in' });
        c.set('user', user);
        await next();
    });
    app.get('/api/me', (c) => c.json({ name: c.get('user').name, email: c.get('user').email }));
    app.route('/api/connections', connectionRoutes(services));
    app.route('/api/contacts', contactRoutes(services));
    app.route('/api/issues', issueRoutes(services));
    app.route('/api/files', fileRoutes(services));

    // Beside `src` and `dist` alike.
    app.use(serveStatic({ root: fileURLToPath(new URL('../public', import.meta.url)) }));
    return app;
}
