import { writeFileSync } from 'node:fs';
import { inject } from 'vitest';
import { bundleHandler } from '../harness/bundle.js';
import { conformance, readAnswer } from '../harness/conformance.js';
import { here } from '../harness/paths.js';
import { run } from '../harness/run.js';
import { bunBinary, denoBinary, installTool, newNode } from '../harness/tools.js';

const project = inject('project');

for (const [loaded, file] of [
    ['ESM', 'main.mjs'],
    ['CommonJS', 'main.cjs'],
] as const) {
    conformance({
        name: 'Bun',
        loaded,
        userAgent: /\(bun\//,
        async run(world) {
            const { stdout } = await run(await bunBinary(), [`conformance/${file}`, JSON.stringify(world)], { cwd: project });
            return readAnswer(stdout);
        },
    });
}

conformance({
    name: 'Deno',
    loaded: 'ESM, only --allow-net',
    userAgent: /\(deno\//,
    async run(world) {
        const flags = ['run', '--allow-net=127.0.0.1', '--no-prompt', '--no-lock', '--node-modules-dir=manual'];
        const { stdout } = await run(await denoBinary(), [...flags, 'conformance/main.mjs', JSON.stringify(world)], {
            cwd: project,
            env: { DENO_NO_UPDATE_CHECK: '1' },
        });
        return readAnswer(stdout);
    },
});

conformance({
    name: 'Cloudflare workerd',
    loaded: 'esbuild, without nodejs_compat',
    userAgent: /\(workerd\)/,
    async run(world) {
        const script = `${project}/worker.mjs`;
        // As Wrangler sets its bundler up.
        writeFileSync(script, await bundleHandler(project, ['workerd', 'worker', 'browser']));
        const miniflare = `${await installTool('miniflare')}/node_modules/miniflare/dist/src/index.js`;
        const args = [`${here}runtimes/serve-workerd.mjs`, miniflare, script, JSON.stringify(world)];
        return readAnswer((await run(await newNode(), args)).stdout);
    },
});

conformance({
    name: 'Edge runtime VM',
    loaded: 'esbuild',
    userAgent: /\(edge-runtime\)/,
    async run(world) {
        const script = `${project}/edge.js`;
        writeFileSync(script, await bundleHandler(project, ['edge-light', 'worker', 'browser'], { globalName: 'suite' }));
        const vm = `${await installTool('edge-vm', '@edge-runtime/vm')}/node_modules/@edge-runtime/vm/dist/index.js`;
        const args = [`${here}runtimes/serve-edge-vm.mjs`, vm, script, JSON.stringify(world)];
        return readAnswer((await run(process.execPath, args)).stdout);
    },
});
