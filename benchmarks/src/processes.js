import { execFile, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { standalone } from './standalone.js';

/** ms for a warm-up or a round, which take seconds. */
const answerWithin = 600_000;

/** Starts the server in a process of its own, always on the Node that runs this. */
export async function startServer(env = {}) {
    const child = fork(fileURLToPath(new URL('./server.js', import.meta.url)), { env: { ...process.env, ...env } });
    const { port } = await message(child);
    return { port, ask: () => ask(child), stop: () => child.disconnect() };
}

/** Starts a client that is measured, on a runtime, and resolves when it is warm. */
export async function startClient({ program, flags, args: more }, args, env = {}) {
    const child = fork(`${standalone()}/src/measure.js`, [...args, ...more], {
        cwd: standalone(),
        execPath: program,
        execArgv: flags,
        env: { ...process.env, ...env },
    });
    await message(child);
    return { measure: () => ask(child), stop: () => child.disconnect() };
}

/** Runs a script to its end on a runtime and resolves to the JSON that it printed. */
export async function runScript({ program, flags }, script, args, env = {}) {
    const { stdout } = await promisify(execFile)(program, [...flags, `${standalone()}/src/${script}`, ...args], {
        env: { ...process.env, ...env },
    });
    return JSON.parse(stdout);
}

export function ask(child) {
    child.send('go');
    return message(child);
}

export function message(child) {
    const what = child.spawnargs.slice(1).join(' ');
    return new Promise((resolve, reject) => {
        // Not 'exit', which may come before what was sent last is read.
        const ended = () => {
            clearTimeout(limit);
            reject(new Error(`the process ended and sent nothing: ${what}`));
        };
        const limit = setTimeout(
            () => reject(new Error(`nothing came for ${answerWithin / 60_000} minutes: ${what}`)),
            answerWithin,
        );
        child.once('disconnect', ended);
        child.once('message', (value) => {
            clearTimeout(limit);
            child.off('disconnect', ended);
            resolve(value);
        });
    });
}
