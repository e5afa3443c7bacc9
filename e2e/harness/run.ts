import { spawn } from 'node:child_process';

export interface RunOptions {
    cwd?: string;
    /** Added to this process's environment; `undefined` removes a variable. */
    env?: Record<string, string | undefined>;
    /** ms until the process is ended. @default 120_000 */
    timeout?: number;
    input?: string;
}

export interface RunResult {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** Runs a program to its end and returns what it printed, whatever its exit code. */
export function attempt(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const { cwd, timeout = 120_000, input = '' } = options;
    const env = cleanEnvironment(options.env);
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { cwd, env, stdio: 'pipe', timeout, killSignal: 'SIGKILL' });
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text) => {
            stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text) => {
            stderr += text;
        });
        child.on('error', reject);
        child.on('close', (code, signal) => {
            resolve({ code, stdout, stderr: signal === null ? stderr : `${stderr}\nended by ${signal} (limit ${timeout} ms)` });
        });
        child.stdin.on('error', () => {});
        child.stdin.end(input);
    });
}

/** Runs a program and returns what it printed; throws, with both streams in the message, unless it exits with 0. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const result = await attempt(program, args, options);
    if (result.code !== 0)
        throw new Error(`${program} ${args.join(' ')} exited with ${result.code}\n${result.stdout}\n${result.stderr}`.trim());
    return result;
}

/**
 * This process's environment without what pnpm, vitest and the user's shell put there for themselves: npm run from a pnpm script
 * would otherwise take pnpm's settings for its own, and the runtimes Node's options.
 */
function cleanEnvironment(extra: RunOptions['env'] = {}): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = {};
    for (const [name, value] of Object.entries(process.env)) {
        if (/^(npm_|pnpm_|vitest|node_options$|node_env$|node_path$|init_cwd$|turbo_|force_color$)/i.test(name)) continue;
        env[name] = value;
    }
    return Object.assign(env, { NO_COLOR: '1' }, extra);
}
