import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, inject } from 'vitest';
import { type Answer, conformance } from '../harness/conformance.js';
import type { World } from '../harness/emulator.js';
import { here } from '../harness/paths.js';
import { freePort } from '../harness/registry.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { isLibrary } from '../harness/tarballs.js';
import { toolVersion } from '../harness/tools.js';

/** A Next.js app whose route handlers run the suite: built as for production, then served. */
class NextApp {
    private constructor(
        readonly project: ScratchProject,
        readonly url: string,
        private readonly server: ChildProcess,
    ) {}

    static async start(): Promise<NextApp> {
        const packed = inject('packed');
        const project = await ScratchProject.create({
            install: packed.filter(isLibrary).map(({ name }) => name),
            packed,
            dependencies: { next: toolVersion('next') as string, react: '^19.0.0', 'react-dom': '^19.0.0' },
        });
        cpSync(`${here}conformance`, project.path('conformance'), { recursive: true });
        const route = (runtime: string) => `
            import { answer } from '../../../conformance/fetch-handler.mjs';
            export const runtime = '${runtime}';
            export const dynamic = 'force-dynamic';
            export const POST = answer;`;
        project.write({
            'app/api/node/route.js': route('nodejs'),
            'app/api/edge/route.js': route('edge'),
            'app/layout.js': 'export default function Layout({ children }) { return <html><body>{children}</body></html>; }',
            'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(project.folder)} } };`,
        });
        const env = { NEXT_TELEMETRY_DISABLED: '1', CI: '1' };
        const next = project.path('node_modules/next/dist/bin/next');
        await project.run(process.execPath, [next, 'build'], { env, timeout: 240_000 });
        const port = await freePort();
        const server = spawn(process.execPath, [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'], {
            cwd: project.folder,
            env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
            stdio: 'ignore',
        });
        return new NextApp(project, `http://127.0.0.1:${port}`, server);
    }

    async post(path: string, world: World): Promise<Answer> {
        for (let attempt = 0; ; attempt++) {
            try {
                const response = await fetch(this.url + path, { method: 'POST', body: JSON.stringify(world) });
                if (!response.ok) throw new TypeError(`${path}: ${response.status} ${await response.text()}`);
                return (await response.json()) as Answer;
            } catch (error) {
                // Not listening yet.
                if (attempt > 100 || String((error as { cause?: unknown }).cause).includes('ECONNREFUSED') === false) throw error;
                await wait(100);
            }
        }
    }

    async stop(): Promise<void> {
        const ended = new Promise((resolve) => this.server.once('exit', resolve));
        this.server.kill();
        await ended;
        this.project.remove();
    }
}

let app: Promise<NextApp> | undefined;
const started = () => {
    app ??= NextApp.start();
    return app;
};
afterAll(async () => (await app)?.stop());

conformance({
    name: 'Next.js 16',
    loaded: 'route handler, nodejs',
    userAgent: /\(node\.js\//,
    run: async (world) => (await started()).post('/api/node', world),
});

conformance({
    name: 'Next.js 16',
    loaded: 'route handler, edge',
    userAgent: /\(edge-runtime\)/,
    run: async (world) => (await started()).post('/api/edge', world),
});
