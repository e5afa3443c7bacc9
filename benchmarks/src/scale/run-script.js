import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Runs a script of this folder to its end, with collections at its command, and resolves to the JSON that it printed. */
export async function runScript(script, args) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, ...args.map(String)]);
    return JSON.parse(stdout);
}
