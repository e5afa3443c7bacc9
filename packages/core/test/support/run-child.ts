import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Bundles a script of the tests with the sources it imports and runs it in a Node of its own, where nothing but it takes memory.
 *
 * @returns what it wrote to stdout, as JSON
 */
export async function runChild<T>(script: URL, ...args: string[]): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'nango-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'child.mjs');
    await build({
        entryPoints: [fileURLToPath(script)],
        outfile: file,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        define: { __VERSION__: '"0.0.0"' },
        alias: {
            '#platform': join(packages, 'core/src/platform/node.ts'),
            '@x/core/internal': join(packages, 'core/src/internal/index.ts'),
            ...Object.fromEntries(
                ['core', 'proxy', 'syncs', 'actions'].map((name) => [`@x/${name}`, join(packages, name, 'src/index.ts')]),
            ),
        },
        logLevel: 'warning',
    });
    const child = spawn(process.execPath, ['--expose-gc', file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    let output = '';
    for await (const chunk of child.stdout) output += chunk;
    return JSON.parse(output) as T;
}
