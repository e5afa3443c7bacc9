import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { conformance, readAnswer } from '../harness/conformance.js';
import { run } from '../harness/run.js';
import { nodeBinary } from '../harness/tools.js';

const project = inject('project');

for (const major of [20, 22, 24, 26]) {
    for (const [loaded, file] of [
        ['ESM', 'main.mjs'],
        ['CommonJS', 'main.cjs'],
    ] as const) {
        conformance({
            name: `Node ${major}`,
            loaded,
            userAgent: new RegExp(`\\(node\\.js/${major}\\.`),
            async run(world) {
                const node = await nodeBinary(major);
                // Without require(esm), which would hide a CommonJS build that is not one.
                const flags = loaded === 'CommonJS' && major >= 22 ? ['--no-experimental-require-module'] : [];
                const { stdout } = await run(node, [...flags, `conformance/${file}`, JSON.stringify(world)], { cwd: project });
                return readAnswer(stdout);
            },
        });
    }
}

for (const major of [20, 24]) {
    conformance({
        name: `Lambda-style, Node ${major}`,
        loaded: 'one CommonJS file, esbuild',
        userAgent: new RegExp(`\\(node\\.js/${major}\\.`),
        async run(world) {
            // Where no node_modules is near.
            const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
            const outfile = join(folder, 'index.js');
            await build({
                stdin: {
                    contents: `
                        import * as modules from './conformance/modules.mjs';
                        import { runCases } from './conformance/run-cases.mjs';
                        export const handler = (event) => runCases(modules, event);`,
                    resolveDir: project,
                },
                outfile,
                bundle: true,
                minify: true,
                platform: 'node',
                target: `node${major}`,
                format: 'cjs',
                // What the AWS templates do.
                mainFields: ['module', 'main'],
                logLevel: 'error',
            });
            const program = `require(process.argv[1]).handler(JSON.parse(process.argv[2])).then((answer) => console.log(JSON.stringify(answer)))`;
            const { stdout } = await run(await nodeBinary(major), ['-e', program, outfile, JSON.stringify(world)], {
                cwd: folder,
            });
            rmSync(folder, { recursive: true });
            return readAnswer(stdout);
        },
    });
}
