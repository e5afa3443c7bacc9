import { cpSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, inject } from 'vitest';
import { here } from '../harness/paths.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { startServer } from '../harness/server-process.js';
import { toolVersion } from '../harness/tools.js';
import { DeliveryWorld } from './delivery-world.js';
import { type Receiver, receivesDeliveries } from './receives-deliveries.js';

const stops: (() => unknown)[] = [];
afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
});

let project: Promise<ScratchProject> | undefined;
const installed = () => {
    project ??= ScratchProject.create({
        install: ['@x/webhooks', '@x/connections'],
        packed: inject('packed'),
        dependencies: Object.fromEntries(
            ['express', 'hono', '@hono/node-server'].map((name) => [name, toolVersion(name) as string]),
        ),
    }).then((created) => {
        // Many thousand files: the worker of the test runner must not hang meanwhile.
        stops.unshift(() => rm(created.folder, { recursive: true, force: true }));
        for (const file of ['receiver.mjs', 'express-server.cjs', 'hono-server.mjs'])
            cpSync(`${here}webhooks/${file}`, created.path(file));
        return created;
    });
    return project;
};

/** Starts a server once for all of its routes. */
function serve(file: string): () => Promise<Receiver> {
    let started: Promise<Receiver> | undefined;
    return () => {
        started ??= (async () => {
            const world = await DeliveryWorld.start();
            stops.push(() => world.close());
            const server = await startServer(process.execPath, [file], { cwd: (await installed()).folder, env: world.env });
            stops.push(() => server.stop());
            return { world, server };
        })();
        return started;
    };
}

const express = serve('express-server.cjs');
receivesDeliveries('Express 5, CommonJS', '/before-json', express);
receivesDeliveries('Express 5 behind express.json()', '/after-json', express);
receivesDeliveries('Hono on Node', '/webhooks/nango', serve('hono-server.mjs'));
