import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './registry.js';

/** A server that runs in a process of its own. */
export interface RunningServer {
    url: string;
    /** What it has printed so far. */
    output(): string;
    stop(): Promise<void>;
}

export interface ServerOptions {
    cwd: string;
    env?: Record<string, string>;
    /** Arguments that pass the port, beside the variable `PORT`. */
    portArgs?: (port: string) => string[];
}

/** Starts a server on a free port of loopback and waits until it answers. */
export async function startServer(program: string, args: readonly string[], options: ServerOptions): Promise<RunningServer> {
    const { cwd, env = {}, portArgs = () => [] } = options;
    const port = String(await freePort());
    const child = spawn(program, [...args, ...portArgs(port)], {
        cwd,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env, PORT: port },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
            output += text;
        });
    }
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const url = `http://127.0.0.1:${port}`;
    const answers = () =>
        fetch(url).then(
            () => true,
            () => false,
        );
    for (let attempt = 0; !(await answers()); attempt++) {
        if (child.exitCode !== null || attempt > 300) {
            child.kill('SIGKILL');
            throw new Error(`${program} ${args.join(' ')} did not start:\n${output}`);
        }
        await wait(100);
    }
    return {
        url,
        output: () => output,
        async stop() {
            child.kill();
            await exited;
        },
    };
}
