import { cpSync, readFileSync } from 'node:fs';
import { afterAll, inject } from 'vitest';
import { here } from '../harness/paths.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { startServer } from '../harness/server-process.js';
import { nodeBinary, toolVersion } from '../harness/tools.js';
import { type Framework, receivesWith } from './framework-checks.js';
import { dependencies, removeProject } from './framework-project.js';

const projects: ScratchProject[] = [];
afterAll(async () => {
    await Promise.all(projects.map(removeProject));
});

interface Built extends Pick<Framework, 'name'> {
    /** The first is the one whose version the table shows. */
    packages: readonly [string, ...string[]];
    /** Where the recipe, the receiver and a wrong route go, and what else the framework needs. */
    recipe: readonly [from: string, to: string];
    receiver: string;
    files: Record<string, string>;
    /** Programs of the framework, relative to node_modules. */
    build: readonly string[];
    start: readonly string[];
    env?: Record<string, string>;
}

const wrong = (receiver: string, name: string, more = '') => `
    import { createWebhookHandler } from '@x/webhooks/fetch';
    import { receiver } from '${receiver}';
    ${more}
    export const ${name} = createWebhookHandler(receiver) as never;`;

const built: Built[] = [
    {
        name: 'SvelteKit',
        packages: ['@sveltejs/kit', '@sveltejs/adapter-node', '@sveltejs/vite-plugin-svelte', 'svelte', 'vite'],
        recipe: ['sveltekit.ts', 'src/routes/webhooks/nango/+server.ts'],
        receiver: 'src/lib/receiver.ts',
        files: {
            'src/app.html': '<html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
            'src/routes/wrong/+server.ts': wrong('../../lib/receiver', 'POST'),
            'vite.config.js': `
                import adapter from '@sveltejs/adapter-node';
                import { sveltekit } from '@sveltejs/kit/vite';
                export default { plugins: [sveltekit({ adapter: adapter() })] };`,
        },
        build: ['vite/bin/vite.js', 'build'],
        start: ['../build/index.js'],
        env: { HOST: '127.0.0.1' },
    },
    {
        name: 'React Router',
        packages: [
            'react-router',
            '@react-router/dev',
            '@react-router/node',
            '@react-router/serve',
            'react',
            'react-dom',
            'isbot',
            'vite',
        ],
        recipe: ['react-router.ts', 'app/routes/nango.ts'],
        receiver: 'app/receiver.ts',
        files: {
            'app/root.tsx': `
                import { Outlet } from 'react-router';
                export default function Root() { return <html><body><Outlet /></body></html>; }`,
            'app/routes/wrong.ts': wrong('../receiver', 'action'),
            'app/routes.ts': `
                import { route } from '@react-router/dev/routes';
                export default [route('webhooks/nango', 'routes/nango.ts'), route('wrong', 'routes/wrong.ts')];`,
            'vite.config.js': `
                import { reactRouter } from '@react-router/dev/vite';
                export default { plugins: [reactRouter()] };`,
        },
        build: ['@react-router/dev/bin.cjs', 'build'],
        start: ['@react-router/serve/bin.cjs', './build/server/index.js'],
        env: { HOST: '127.0.0.1' },
    },
    {
        name: 'Astro',
        packages: ['astro', '@astrojs/node'],
        recipe: ['astro.ts', 'src/pages/webhooks/nango.ts'],
        receiver: 'src/receiver.ts',
        files: {
            'src/pages/wrong.ts': wrong('../receiver', 'POST', 'export const prerender = false;'),
            'astro.config.mjs': `
                import node from '@astrojs/node';
                export default { adapter: node({ mode: 'standalone' }) };`,
        },
        build: ['astro/bin/astro.mjs', 'build'],
        start: ['../dist/server/entry.mjs'],
        env: { HOST: '127.0.0.1', ASTRO_TELEMETRY_DISABLED: '1' },
    },
    {
        name: 'Nuxt',
        packages: ['nuxt'],
        recipe: ['nuxt.ts', 'server/routes/webhooks/nango.post.ts'],
        // Not among the routes, as the recipe has it beside itself.
        receiver: 'server/receiver.ts',
        files: {
            'app/app.vue': '<template><p>A page</p></template>',
            'server/routes/wrong.post.ts': `
                import { createWebhookHandler } from '@x/webhooks/node';
                import { receiver } from '../receiver';
                export default defineEventHandler(createWebhookHandler(receiver) as never);`,
            'nuxt.config.ts':
                'export default defineNuxtConfig({ compatibilityDate: "2026-07-01", telemetry: false, ssr: false });',
        },
        build: ['nuxt/bin/nuxt.mjs', 'build'],
        start: ['../.output/server/index.mjs'],
        env: { HOST: '127.0.0.1', NUXT_TELEMETRY_DISABLED: '1' },
    },
];

for (const { name, packages, recipe, receiver, files, build, start, env: more = {} } of built)
    receivesWith({
        name,
        version: toolVersion(packages[0]) as string,
        runsOn: 'Node 24',
        async start(env) {
            const project = await ScratchProject.create({
                install: ['@x/webhooks'],
                packed: inject('packed'),
                dependencies: dependencies(...packages),
            });
            projects.push(project);
            project.write(files);
            const code = readFileSync(`${here}frameworks/recipes/${recipe[0]}`, 'utf8');
            project.write({ [recipe[1]]: code.replace("'./receiver.js'", "'../../receiver'") });
            cpSync(`${here}frameworks/recipes/receiver.ts`, project.path(receiver));
            const program = ([path = '', ...args]: readonly string[]) => [project.path('node_modules', path), ...args];
            const node = await nodeBinary(24);
            await project.run(node, program(build), { env: { ...more, CI: '1' }, timeout: 800_000 });
            return startServer(node, program(start), { cwd: project.folder, env: { ...env, ...more } });
        },
    });
