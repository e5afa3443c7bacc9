import { writeFileSync } from 'node:fs';
import { afterAll, test } from 'vitest';
import { bundleHandler } from '../harness/bundle.js';
import { here } from '../harness/paths.js';
import type { ScratchProject } from '../harness/scratch-project.js';
import { startServer } from '../harness/server-process.js';
import { bunBinary, denoBinary, installTool, newNode, toolVersion } from '../harness/tools.js';
import { receivesWith } from './framework-checks.js';
import { compileRecipes, dependencies, frameworkProject, removeProject } from './framework-project.js';

let created: Promise<ScratchProject> | undefined;
const project = () => {
    created ??= frameworkProject(dependencies('elysia', '@types/node'));
    return created;
};
afterAll(async () => removeProject(await created));

test('the recipes compile', async () => compileRecipes(await project(), ['deno', 'elysia', 'workers']));

receivesWith({
    name: 'Deno',
    version: toolVersion('deno') as string,
    runsOn: 'Deno',
    async start(env) {
        const flags = ['run', '--allow-net=127.0.0.1', '--allow-env', '--no-prompt', '--no-lock', '--node-modules-dir=manual'];
        const { folder } = await project();
        return startServer(await denoBinary(), [...flags, 'serve/deno.ts'], {
            cwd: folder,
            env: { ...env, DENO_NO_UPDATE_CHECK: '1' },
        });
    },
});

receivesWith({
    name: 'Elysia',
    version: toolVersion('elysia') as string,
    runsOn: `Bun ${toolVersion('bun')}`,
    start: async (env) => startServer(await bunBinary(), ['serve/elysia.ts'], { cwd: (await project()).folder, env }),
});

receivesWith({
    name: 'Cloudflare Workers',
    version: 'workerd',
    runsOn: `Miniflare ${toolVersion('miniflare')}`,
    async start(env) {
        const { folder } = await project();
        const script = `${folder}/worker.mjs`;
        writeFileSync(script, await bundleHandler(folder, ['workerd', 'worker', 'browser'], { entry: 'serve/workers.ts' }));
        const miniflare = `${await installTool('miniflare')}/node_modules/miniflare/dist/src/index.js`;
        // Bindings that this receiver has no use for must be text all the same.
        const unused = { NANGO_API_KEY: '', NANGO_HOST: '' };
        const args = [`${here}webhooks/serve-workerd.mjs`, miniflare, script];
        return startServer(await newNode(), args, { cwd: folder, env: { ...env, ...unused } });
    },
});
