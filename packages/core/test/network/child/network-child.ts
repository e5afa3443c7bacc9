import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NangoSettings } from '@x/core';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { apiKey } from '../../support/adapters.js';

/** What a child is to do: everything in it is JSON. */
export interface Job {
    readonly host: string;
    readonly apiKey: string;
    readonly kind?: 'read' | 'action';
    /** One after the other. @default 1 */
    readonly calls?: number;
    readonly options?: Partial<NangoSettings>;
    /** What names resolve to from now on; several addresses with commas between. */
    readonly addresses?: Record<string, string>;
    /** Variables that change from now on. */
    readonly env?: Record<string, string>;
    /** ms until a timer makes the first call. */
    readonly delay?: number;
    /** ms that its clock jumps. */
    readonly forward?: number;
}

export interface Outcome {
    readonly by?: string;
    readonly error?: Record<'name' | 'code' | 'message' | 'progress' | 'everything', string> & { status?: number };
}

let bundle: Promise<string> | undefined;

function bundled(): Promise<string> {
    bundle ??= (async () => {
        const folder = mkdtempSync(join(tmpdir(), 'nango-child-'));
        process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
        const file = join(folder, 'main.mjs');
        const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
        await build({
            entryPoints: [source('./main.ts')],
            outfile: file,
            bundle: true,
            platform: 'node',
            format: 'esm',
            target: 'node20',
            define: { __VERSION__: '"0.0.0"' },
            alias: { '#platform': source('../../../src/platform/node.ts'), '@x/core': source('../../../src/index.ts') },
            logLevel: 'warning',
        });
        return file;
    })();
    return bundle;
}

/** An application in a process of its own, whose environment is exactly what a test says. */
export class NetworkChild {
    readonly #process: ChildProcess;
    #waits = 0;
    /** What Node warned of, so far. */
    readonly warnings: string[] = [];

    private constructor(started: ChildProcess) {
        this.#process = started;
    }

    static async start(env: Record<string, string> = {}, execArgv: string[] = []): Promise<NetworkChild> {
        const file = await bundled();
        const execPath = process.env.NETWORK_CHILD_NODE ?? process.execPath;
        const started = fork(file, { env, execArgv, execPath, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
        onTestFinished(() => void started.kill('SIGKILL'));
        await once(started, 'message');
        return new NetworkChild(started);
    }

    async run(job: Omit<Job, 'apiKey'>): Promise<Outcome[]> {
        const answer = await this.#answer(job);
        this.warnings.push(...answer.warnings);
        return answer.outcomes;
    }

    #answer(job: Omit<Job, 'apiKey'>): Promise<{ outcomes: Outcome[]; warnings: string[] }> {
        this.#waits = 0;
        const answer = new Promise<{ outcomes: Outcome[]; warnings: string[] }>((resolve, reject) => {
            this.#process.on('message', (said: { outcomes: Outcome[]; warnings: string[] } | { waiting: true }) => {
                if ('waiting' in said) this.#waits += 1;
                else resolve(said);
            });
            this.#process.once('exit', (code) => reject(new Error(`the application ended with ${code}`)));
        });
        this.#process.send({ ...job, apiKey });
        return answer.finally(() => {
            this.#process.removeAllListeners('message');
            this.#process.removeAllListeners('exit');
        });
    }

    /** Whether it has the job and waits for its `delay`. */
    get waiting(): boolean {
        return this.#waits > 0;
    }

    /** One call. */
    async call(host: string, job: Omit<Job, 'apiKey' | 'host'> = {}): Promise<Outcome> {
        return (await this.run({ host, ...job }))[0] as Outcome;
    }

    freeze(): void {
        this.#process.kill('SIGSTOP');
    }

    thaw(): void {
        this.#process.kill('SIGCONT');
    }

    /**
     * Lets go of the process and waits until it ends by itself.
     *
     * @returns its exit code: not 0 when something of the client kept it
     */
    async end(): Promise<number> {
        const exited = once(this.#process, 'exit');
        this.#process.disconnect();
        return ((await exited) as [number])[0];
    }
}
