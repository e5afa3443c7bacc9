// Serves modules in workerd: `PORT=… node serve-workerd.mjs <miniflare> <script> [<script of the consumer of SYNC_QUEUE>]`; variables are
// bound as they are in the environment. A process of its own, since Miniflare asks for a newer Node than the tests run on.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [miniflare, script, consumer] = process.argv.slice(2);
const { Miniflare } = await import(pathToFileURL(miniflare).href);
const { NANGO_API_KEY, NANGO_HOST, NANGO_WEBHOOK_SIGNING_KEY, LEDGER_URL, PORT } = process.env;
const worker = (name, path) => ({
    name,
    modules: [{ type: 'ESModule', path: `${name}.mjs`, contents: readFileSync(path, 'utf8') }],
    compatibilityDate: '2026-07-01',
    compatibilityFlags: [],
    bindings: { NANGO_API_KEY, NANGO_HOST, NANGO_WEBHOOK_SIGNING_KEY, LEDGER_URL },
});
const server = new Miniflare({
    host: '127.0.0.1',
    port: Number(PORT),
    workers: [
        { ...worker('receiver', script), ...(consumer && { queueProducers: { SYNC_QUEUE: 'sync-jobs' } }) },
        ...(consumer ? [{ ...worker('consumer', consumer), queueConsumers: { 'sync-jobs': { maxBatchTimeout: 0 } } }] : []),
    ],
});
await server.ready;
process.on('SIGTERM', async () => {
    await server.dispose();
    process.exit(0);
});
