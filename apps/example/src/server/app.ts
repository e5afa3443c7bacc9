import { existsSync } from 'node:fs';
import { serveStatic } from '@hono/node-server/serve-static';
import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { answerFailure } from './failures.js';
import { ownOriginOnly, ownRequestsOnly } from './own-requests-only.js';
import { connectionRoutes } from './routes/connections.js';
import { contactRoutes } from './routes/contacts.js';
import { eventRoutes } from './routes/events.js';
import { sessionRoutes, signedIn } from './routes/session.js';
import { webhookRoutes } from './routes/webhooks.js';
import type { AppEnv, Services } from './services.js';
import { listTasks } from './tasks.js';

/** What the app knows of where it runs. */
export interface Surroundings {
    /** The addresses that it answers to. */
    origins(): readonly string[];
    /** Aborted when the process is to end. */
    readonly stopping: AbortSignal;
    /** Folder of the built page. */
    readonly page: string;
}

/** The whole back end. It holds no global state: a test makes as many as it likes. */
export function createApp(services: Services, { origins, stopping, page }: Surroundings): Hono<AppEnv> {
    const { config, database, log } = services;
    const app = new Hono<AppEnv>();
    app.onError(answerFailure(services));

    // Asked by whatever starts and stops processes, by address.
    app.get('/healthz', async (c) => {
        const isUp = await database.tables.execute(sql`SELECT 1`).then(
            () => !stopping.aborted,
            () => false,
        );
        return c.json({ ok: isUp }, isUp ? 200 : 503);
    });
    app.use(async (c, next) => {
        const started = performance.now();
        await next();
        const ms = Math.round(performance.now() - started);
        log.info({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
    });
    app.use(ownRequestsOnly(origins));

    // Signed by Nango, so there is no session here.
    app.route('/webhooks/nango', webhookRoutes(services));

    const nango = new URL(config.nangoBrowserHost).origin;
    app.use(
        secureHeaders({
            contentSecurityPolicy: {
                defaultSrc: ["'self'"],
                imgSrc: ["'self'", 'data:'],
                // React Aria measures and moves things by inline styles.
                styleSrc: ["'self'", "'unsafe-inline'"],
                // @nangohq/frontend talks to Nango's API, by HTTP and WebSocket, and frames its Connect page.
                connectSrc: ["'self'", nango, nango.replace(/^http/, 'ws')],
                frameSrc: [nango, 'https://connect.nango.dev'],
                frameAncestors: ["'none'"],
            },
            // OAuth comes back from a window that the page opened.
            crossOriginOpenerPolicy: 'same-origin-allow-popups',
        }),
    );
    const api = new Hono<AppEnv>();
    api.use(ownOriginOnly(origins));
    api.use(async (c, next) => {
        c.header('cache-control', 'no-store');
        await next();
    });
    api.route('/session', sessionRoutes(services));
    api.use(signedIn(services));
    // The upload has a limit of its own.
    const small = bodyLimit({ maxSize: 100 * 1024 });
    api.use((c, next) => (c.req.path.endsWith('/files') ? next() : small(c, next)));
    api.get('/me', (c) => c.json(c.get('user')));
    api.route('/connections', connectionRoutes(services));
    api.route('/contacts', contactRoutes(services));
    api.get('/tasks', async (c) => c.json({ tasks: await listTasks(services, c.get('user')) }));
    api.route('/events', eventRoutes(services, stopping));
    api.all('*', (c) => c.json({ error: { message: 'There is no such route.', done: 'no' } }, 404));
    app.route('/api', api);

    if (existsSync(page)) app.use(serveStatic({ root: page }));
    else app.get('/', (c) => c.text('The page is not built yet: pnpm --filter example web', 503));
    return app;
}
