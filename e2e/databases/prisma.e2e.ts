import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { build } from 'esbuild';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { dependencies, removeProject } from '../frameworks/framework-project.js';
import { here } from '../harness/paths.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { installTool } from '../harness/tools.js';

let project: ScratchProject | undefined;
afterAll(() => removeProject(project));

/** With the `pg` that the adapter brings. */
async function onServer(project: ScratchProject, sql: string): Promise<void> {
    const script = `const client = new (require('pg').Client)(process.env.DATABASE_URL);
        client.connect().then(() => client.query(${JSON.stringify(sql)})).then(() => client.end());`;
    await project.run(process.execPath, ['--input-type=commonjs', '-e', script]);
}

/** As the page says: the driver adapter alone, without Prisma's engines. */
describe.runIf(process.env.DATABASE_URL)('Prisma (needs PostgreSQL: set DATABASE_URL)', () => {
    test('the recipe compiles and does what the page says', async () => {
        project = await ScratchProject.create({
            install: ['@x/node', '@x/syncs', '@x/emulator'],
            packed: inject('packed'),
            dependencies: dependencies('@prisma/adapter-pg', '@prisma/client', 'prisma', '@types/node'),
        });
        for (const path of ['recipes', 'check-prisma.ts'])
            cpSync(`${here}databases/${path}`, project.path(path), { recursive: true });
        // The engine that migrates is fetched from a host of Prisma's own. Generating a client asks for it and never runs it.
        await project.run(
            process.execPath,
            ['node_modules/prisma/build/index.js', 'generate', '--schema', 'recipes/schema.prisma'],
            {
                env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
            },
        );
        const compilerOptions = {
            module: 'nodenext',
            target: 'es2022',
            strict: true,
            skipLibCheck: true,
            noEmit: true,
            types: ['node'],
        };
        project.write({ 'tsconfig.json': JSON.stringify({ compilerOptions, files: ['recipes/prisma.ts', 'check-prisma.ts'] }) });
        const compiler = `${await installTool('typescript-5.9', 'typescript')}/node_modules/typescript/bin/tsc`;
        await project.run(process.execPath, [compiler, '-p', '.', '--pretty', 'false']);

        const outfile = project.path('check.mjs');
        await build({
            entryPoints: [project.path('check-prisma.ts')],
            outfile,
            bundle: true,
            packages: 'external',
            format: 'esm',
            platform: 'node',
            target: 'node20',
            logLevel: 'error',
        });
        const name = `prisma_${randomUUID().replaceAll('-', '')}`;
        await onServer(project, `CREATE DATABASE ${name}`);
        const url = new URL(process.env.DATABASE_URL as string);
        url.pathname = `/${name}`;
        try {
            const said = await project.run(process.execPath, [outfile], { env: { DATABASE_URL: url.href } });
            expect(said).toContain('all is as the page says');
        } finally {
            await onServer(project, `DROP DATABASE ${name} WITH (FORCE)`);
        }
    });
});
