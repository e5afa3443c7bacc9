import { afterAll, test } from 'vitest';
import type { ScratchProject } from '../harness/scratch-project.js';
import { startServer } from '../harness/server-process.js';
import { toolVersion } from '../harness/tools.js';
import { receivesWith } from './framework-checks.js';
import { bundleServer, compileRecipes, dependencies, frameworkProject, removeProject } from './framework-project.js';

let created: Promise<ScratchProject> | undefined;
const project = () => {
    created ??= frameworkProject(
        dependencies(
            'express',
            'express-4',
            'hono',
            '@hono/node-server',
            'koa',
            '@koa/router',
            '@koa/bodyparser',
            'fastify',
            '@nestjs/common',
            '@nestjs/core',
            '@nestjs/platform-express',
            '@nestjs/platform-fastify',
            'reflect-metadata',
            'rxjs',
            'h3',
            'h3-1',
            '@types/express',
            '@types/koa',
            '@types/koa__router',
            '@types/node',
        ),
    );
    return created;
};
afterAll(async () => removeProject(await created));

interface Served {
    name: string;
    /** Of `serve/`. */
    file: string;
    /** Whose version the table shows. */
    package: string;
    alias?: Record<string, string>;
}

const served: Served[] = [
    { name: 'Express 5', file: 'express', package: 'express' },
    { name: 'Express 5, global express.json()', file: 'express-global-json', package: 'express' },
    { name: 'Express 4', file: 'express', package: 'express-4', alias: { express: 'express-4' } },
    {
        name: 'Express 4, global express.json()',
        file: 'express-global-json',
        package: 'express-4',
        alias: { express: 'express-4' },
    },
    { name: 'NestJS on Express', file: 'nest-express', package: '@nestjs/core' },
    { name: 'NestJS on Fastify', file: 'nest-fastify', package: '@nestjs/core' },
    { name: 'Fastify', file: 'fastify', package: 'fastify' },
    { name: 'Koa', file: 'koa', package: 'koa' },
    { name: 'Koa, body parser', file: 'koa-bodyparser', package: 'koa' },
    { name: 'Hono', file: 'hono', package: 'hono' },
    { name: 'Hono, middleware that reads the body', file: 'hono-body-read', package: 'hono' },
    { name: 'h3 2', file: 'h3', package: 'h3' },
    { name: 'h3 1', file: 'nuxt', package: 'h3-1', alias: { h3: 'h3-1' } },
];

test('the recipes compile', async () => {
    const names = served.map(({ file }) => file).filter((file) => file !== 'nuxt');
    await compileRecipes(await project(), names);
});

for (const { name, file, package: pinned, alias } of served) {
    receivesWith({
        name,
        version: (toolVersion(pinned) as string).replace(/^npm:.*@/, ''),
        runsOn: 'Node 20+',
        async start(env) {
            const { folder } = await project();
            const bundle = await bundleServer(await project(), file, { alias });
            return startServer(process.execPath, [bundle], { cwd: folder, env });
        },
    });
}
