import { cpSync } from 'node:fs';
import { afterAll } from 'vitest';
import { startNextApp } from '../harness/next-app.js';
import { here } from '../harness/paths.js';
import type { RunningServer } from '../harness/server-process.js';
import { toolVersion } from '../harness/tools.js';
import { receivesWith } from './framework-checks.js';

const recipes = `${here}frameworks/recipes/`;

const wrongApp = `
    import { createWebhookHandler } from '@x/webhooks/fetch';
    import { receiver } from '../../receiver';
    const handle = createWebhookHandler(receiver);
    export async function POST(request: Request) {
        await request.json();
        return handle(request);
    }`;
const wrongPages = `
    import { createWebhookHandler } from '@x/webhooks/node';
    import { receiver } from '../../receiver';
    export default createWebhookHandler(receiver);`;

/** One app with both routers. */
let started: Promise<RunningServer> | undefined;
afterAll(async () => (await started)?.stop());

const start = async (env: Record<string, string>): Promise<RunningServer> => {
    started ??= startNextApp({
        install: ['@x/webhooks'],
        write(project) {
            cpSync(`${recipes}receiver.ts`, project.path('receiver.ts'));
            cpSync(`${recipes}next-app-router.ts`, project.path('app/webhooks/nango/route.ts'));
            cpSync(`${recipes}next-pages-router.ts`, project.path('pages/api/nango.ts'));
            project.write({ 'app/wrong/route.ts': wrongApp, 'pages/api/wrong.ts': wrongPages });
        },
        dependencies: { typescript: toolVersion('typescript-5.9') as string, '@types/react': '^19', '@types/node': '^20' },
        env,
    });
    const server = await started;
    // Ends with the file: the other router uses it too. What was printed before is not this one's.
    const before = server.output().length;
    return { ...server, output: () => server.output().slice(before), async stop() {} };
};

const framework = { version: toolVersion('next') as string, runsOn: 'Node 20+', start };
receivesWith({ name: 'Next.js App Router', ...framework });
receivesWith({ name: 'Next.js Pages Router', ...framework, path: '/api/nango', wrongPath: '/api/wrong' });
