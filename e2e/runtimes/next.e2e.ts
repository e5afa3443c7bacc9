import { cpSync } from 'node:fs';
import { afterAll, inject } from 'vitest';
import { type Answer, conformance } from '../harness/conformance.js';
import type { World } from '../harness/emulator.js';
import { startNextApp } from '../harness/next-app.js';
import { here } from '../harness/paths.js';
import type { RunningServer } from '../harness/server-process.js';
import { isLibrary } from '../harness/tarballs.js';

const route = (runtime: string) => `
    import { answer } from '../../../conformance/fetch-handler.mjs';
    export const runtime = '${runtime}';
    export const dynamic = 'force-dynamic';
    export const POST = answer;`;

/** One app whose route handlers run the suite. */
let app: Promise<RunningServer> | undefined;
const started = () => {
    app ??= startNextApp({
        install: inject('packed')
            .filter(isLibrary)
            .map(({ name }) => name),
        write(project) {
            cpSync(`${here}conformance`, project.path('conformance'), { recursive: true });
            project.write({ 'app/api/node/route.js': route('nodejs'), 'app/api/edge/route.js': route('edge') });
        },
    });
    return app;
};
afterAll(async () => (await app)?.stop());

async function post(path: string, world: World): Promise<Answer> {
    const response = await fetch((await started()).url + path, { method: 'POST', body: JSON.stringify(world) });
    if (!response.ok) throw new TypeError(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
}

conformance({
    name: 'Next.js 16',
    loaded: 'route handler, nodejs',
    userAgent: /\(node\.js\//,
    run: (world) => post('/api/node', world),
});

conformance({
    name: 'Next.js 16',
    loaded: 'route handler, edge',
    userAgent: /\(edge-runtime\)/,
    run: (world) => post('/api/edge', world),
});
