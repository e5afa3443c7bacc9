import { rm } from 'node:fs/promises';
import { inject } from 'vitest';
import { ScratchProject } from './scratch-project.js';
import { type RunningServer, startServer } from './server-process.js';
import { toolVersion } from './tools.js';

export interface NextAppOptions {
    /** Which of our packages it installs. */
    install: readonly string[];
    /** Puts the pages and routes into the project. */
    write(project: ScratchProject): void;
    /** More packages, e.g. TypeScript, without which Next.js would fetch it. */
    dependencies?: Record<string, string>;
    /** Variables of `next build`. */
    buildEnv?: Record<string, string>;
    /** Variables of `next start`. */
    env?: Record<string, string>;
}

/** A Next.js app that is built as for production and served. Its project goes when it stops. */
export async function startNextApp({
    install,
    write,
    dependencies = {},
    buildEnv = {},
    env = {},
}: NextAppOptions): Promise<RunningServer> {
    const project = await ScratchProject.create({
        install,
        packed: inject('packed'),
        dependencies: { next: toolVersion('next') as string, react: '^19.0.0', 'react-dom': '^19.0.0', ...dependencies },
    });
    project.write({
        'app/layout.js': 'export default function Layout({ children }) { return <html><body>{children}</body></html>; }',
        'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(project.folder)} } };`,
    });
    write(project);
    const next = project.path('node_modules/next/dist/bin/next');
    const quiet = { NEXT_TELEMETRY_DISABLED: '1', CI: '1' };
    await project.run(process.execPath, [next, 'build'], { env: { ...quiet, ...buildEnv }, timeout: 800_000 });
    const server = await startServer(process.execPath, [next, 'start', '--hostname', '127.0.0.1'], {
        cwd: project.folder,
        env: { ...quiet, ...env },
        portArgs: (port) => ['--port', port],
    });
    return {
        ...server,
        async stop() {
            await server.stop();
            // Many thousand files: the worker of the test runner must not hang meanwhile.
            await rm(project.folder, { recursive: true, force: true });
        },
    };
}
