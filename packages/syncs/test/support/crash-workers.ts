import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What a worker says. */
export interface Report {
    readonly stage: 'started' | 'handle' | 'handled' | 'saved' | 'failed';
    readonly connectionId?: string;
    /** It stands still now. */
    readonly stops?: boolean;
    /** Why a transaction failed: the database's code, or the error's name. */
    readonly because?: string;
}

/** What a worker gets. */
export interface Command {
    /** Where to stand still, once. */
    readonly stopAt: Report['stage'];
}

interface Listeners {
    report(report: Report, worker: ChildProcess): void;
    end(worker: ChildProcess): void;
}

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/** Processes that work off the queue, and are started again when they end. */
export class CrashWorkers {
    readonly #folder: string;
    readonly #env: Record<string, string>;
    readonly #on: Listeners;
    #running = true;
    readonly #workers = new Set<ChildProcess>();
    /** Those that ended though nobody killed them, with their exit codes. */
    readonly endedByThemselves: unknown[] = [];

    private constructor(folder: string, env: Record<string, string>, on: Listeners) {
        this.#folder = folder;
        this.#env = env;
        this.#on = on;
    }

    static async start(count: number, env: Record<string, string>, on: Listeners): Promise<CrashWorkers> {
        const folder = await mkdtemp(join(tmpdir(), 'nango-crash-'));
        await bundle(join(folder, 'worker.cjs'));
        const workers = new CrashWorkers(folder, env, on);
        for (let i = 0; i < count; i++) workers.#fork();
        return workers;
    }

    #fork(): void {
        const worker = fork(join(this.#folder, 'worker.cjs'), { env: { ...process.env, ...this.#env } });
        this.#workers.add(worker);
        worker.on('message', (report: Report) => this.#on.report(report, worker));
        worker.on('exit', (code, signal) => {
            this.#workers.delete(worker);
            this.#on.end(worker);
            if (!this.#running) return;
            if (signal !== 'SIGKILL') this.endedByThemselves.push(code ?? signal);
            this.#fork();
        });
    }

    async stop(): Promise<void> {
        this.#running = false;
        const ended = [...this.#workers].map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
        for (const worker of this.#workers) worker.kill('SIGKILL');
        await Promise.all(ended);
        await rm(this.#folder, { recursive: true, force: true });
    }
}

async function bundle(outfile: string): Promise<void> {
    const source = (path: string) => join(packages, path);
    await build({
        entryPoints: [fileURLToPath(new URL('../postgres/child/crash-worker.ts', import.meta.url))],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        external: ['pg-native'],
        define: { __VERSION__: '"0.0.0"' },
        alias: {
            '#platform': source('core/src/platform/node.ts'),
            '#hmac': source('webhooks/src/hmac/node.ts'),
            '@x/core/internal': source('core/src/internal/index.ts'),
            '@x/syncs/sql': source('syncs/src/sql/index.ts'),
            ...Object.fromEntries(readdirSync(packages).map((name) => [`@x/${name}`, source(`${name}/src/index.ts`)])),
        },
        logLevel: 'warning',
    });
}
