import { cpSync } from 'node:fs';
import { afterAll } from 'vitest';
import { startNextApp } from '../harness/next-app.js';
import { here } from '../harness/paths.js';
import { DeliveryWorld } from './delivery-world.js';
import { type Receiver, receivesDeliveries } from './receives-deliveries.js';

const appRouter = (runtime: string) => `
    import { createWebhookHandler } from '@x/webhooks/fetch';
    import { receiver } from '../../../receiver.mjs';
    export const runtime = '${runtime}';
    export const POST = createWebhookHandler(receiver(process.env));`;

const pagesRouter = `
    import { createWebhookHandler } from '@x/webhooks/node';
    import { receiver } from '../../receiver.mjs';
    export const config = { api: { bodyParser: false } };
    export default createWebhookHandler(receiver(process.env));`;

/** A handler for each route, all in one app. */
async function start(): Promise<Receiver> {
    const world = await DeliveryWorld.start();
    const server = await startNextApp({
        install: ['@x/webhooks', '@x/connections'],
        write(project) {
            cpSync(`${here}webhooks/receiver.mjs`, project.path('receiver.mjs'));
            project.write({
                'app/api/node/route.js': appRouter('nodejs'),
                'app/api/edge/route.js': appRouter('edge'),
                'pages/api/pages.js': pagesRouter,
            });
        },
        // `next build` runs the modules of routes, so it needs variables too. Others than later: none of them may get into the build.
        buildEnv: { NANGO_API_KEY: '00000000-0000-4000-8000-000000000000', NANGO_HOST: 'http://build.invalid' },
        env: world.env,
    });
    return { world, server };
}

let started: Promise<Receiver> | undefined;
const app = () => {
    started ??= start();
    return started;
};
afterAll(async () => {
    const { server, world } = await app();
    await server.stop();
    await world.close();
});

receivesDeliveries('Next.js App Router, nodejs', '/api/node', app);
receivesDeliveries('Next.js App Router, edge', '/api/edge', app);
receivesDeliveries('Next.js Pages Router', '/api/pages', app);
