import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { bundleHandler } from '../harness/bundle.js';
import { here, root } from '../harness/paths.js';
import { type RunningServer, startServer } from '../harness/server-process.js';
import { installTool, newNode } from '../harness/tools.js';
import { DeliveryWorld } from './delivery-world.js';
import { type Receiver, receivesDeliveries } from './receives-deliveries.js';

const project = inject('project');
const stops: (() => unknown)[] = [];
afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
});

/** Bundles the module as Wrangler does, and serves it in workerd. */
async function serve(world: DeliveryWorld, entry: string, consumer?: string): Promise<RunningServer> {
    const script = `${project}/${entry}.bundle.mjs`;
    writeFileSync(script, await bundleHandler(project, ['workerd', 'worker', 'browser'], { entry }));
    const miniflare = `${await installTool('miniflare')}/node_modules/miniflare/dist/src/index.js`;
    const args = [`${here}webhooks/serve-workerd.mjs`, miniflare, script, ...(consumer ? [consumer] : [])];
    const server = await startServer(await newNode(), args, { cwd: project, env: world.env });
    stops.push(() => server.stop());
    return server;
}

async function startWorld(): Promise<DeliveryWorld> {
    const world = await DeliveryWorld.start();
    stops.push(() => world.close());
    mkdirSync(`${project}/webhooks`, { recursive: true });
    for (const file of ['receiver.mjs', 'worker.mjs']) cpSync(`${here}webhooks/${file}`, `${project}/webhooks/${file}`);
    return world;
}

receivesDeliveries('a Worker in workerd, without nodejs_compat', '/', async (): Promise<Receiver> => {
    const world = await startWorld();
    return { world, server: await serve(world, 'webhooks/worker.mjs') };
});

describe('the Worker of the README, in workerd', () => {
    test('puts each event into a queue, once, and answers before the work is done', async () => {
        const world = await startWorld();
        cpSync(`${root}packages/webhooks/test/examples/workers.ts`, `${project}/webhooks/readme.ts`);
        const server = await serve(world, 'webhooks/readme.ts', `${here}webhooks/queue-consumer.mjs`);
        await world.deliverTo(server.url);
        let release = (_?: unknown) => {};
        world.ledger.gate = new Promise((resolve) => {
            release = resolve;
        });
        await world.connect('readme', 'user-1');
        await world.api('/sync/trigger', { provider_config_key: 'crm', connection_id: 'readme', syncs: ['contacts'] });
        const [, sync] = await world.emulator.control.deliveries();
        await world.emulator.control.redeliver(sync.id);
        await world.emulator.control.sendWebhook({ ...sync.body, model: 'Last' });
        await world.emulator.control.settle();
        expect(await world.attempts()).toEqual([[200], [200], [200], [200]]);
        expect(world.ledger.jobs).toEqual([]);
        release();
        const models = () => world.ledger.jobs.map(({ event }) => event.model);
        await vi.waitUntil(() => models().includes('Last'), { timeout: 120_000 });
        expect(models()).toEqual(['Contact', 'Last']);
    });
});
