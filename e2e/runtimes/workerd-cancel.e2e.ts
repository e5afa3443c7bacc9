import { writeFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { bundleHandler } from '../harness/bundle.js';
import { here } from '../harness/paths.js';
import { run } from '../harness/run.js';
import { installTool, newNode } from '../harness/tools.js';

const project = inject('project');

test('workerd: requests that are cancelled take no other down with them', async () => {
    const entry = 'workerd-cancel.mjs';
    // One client for all requests, as Workers keep them.
    writeFileSync(
        `${project}/${entry}`,
        `import { Connections } from '@x/connections';
        let client;
        export default {
            async fetch(request) {
                const host = await request.text();
                client ??= new Connections({ apiKey: '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7', host });
                return Response.json(await client.listConnections());
            },
        };`,
    );
    const script = `${project}/workerd-cancel.bundle.mjs`;
    writeFileSync(script, await bundleHandler(project, ['workerd', 'worker', 'browser'], { entry }));
    const miniflare = `${await installTool('miniflare')}/node_modules/miniflare/dist/src/index.js`;
    const { stdout } = await run(await newNode(), [`${here}runtimes/cancel-workerd.mjs`, miniflare, script]);
    const { inLine, slowStart } = JSON.parse(stdout.trim().split('\n').at(-1) as string);
    expect(inLine.text).toBe('{"connections":[]}');
    expect(inLine.ms).toBeLessThan(8_000);
    expect(slowStart.text).toBe('{"connections":[]}');
    expect(slowStart.ms).toBeLessThan(15_000);
});
