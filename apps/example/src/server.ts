import { serve } from '@hono/node-server';
import { Nango } from '@x/node';
import { createApp } from './app.js';
import { Database } from './database.js';
import { reconcile } from './reconcile.js';

/** Runs the app against the Nango environment that the variables below name. */
const { NANGO_API_KEY, NANGO_WEBHOOK_SIGNING_KEY, NANGO_HOST, PORT = '3000' } = process.env;
if (!NANGO_API_KEY || !NANGO_WEBHOOK_SIGNING_KEY) {
    console.error('Set NANGO_API_KEY and NANGO_WEBHOOK_SIGNING_KEY (and NANGO_HOST, unless you use the cloud).');
    process.exit(1);
}

const nango = new Nango({
    apiKey: NANGO_API_KEY,
    webhookSigningKey: NANGO_WEBHOOK_SIGNING_KEY,
    host: NANGO_HOST,
    logger: console,
});
const database = new Database();
const app = createApp({ nango, database, webhookSigningKey: NANGO_WEBHOOK_SIGNING_KEY }, () => ({
    // One user for everyone who can reach this port. Put your login here before anyone else can.
    id: 'ada',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    organization: { id: 'analytical', name: 'Analytical Engines' },
}));

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) => {
    console.log(`http://127.0.0.1:${port}`);
});

setInterval(() => reconcile(nango, database).catch(console.error), 60 * 60_000).unref();
