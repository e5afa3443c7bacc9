import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withLock } from './with-lock.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pnpm = process.env.npm_config_user_agent?.startsWith('pnpm') ? ['pnpm'] : ['npx', '-y', 'pnpm@10'];

/** `pnpm build`, for the few tests that are about `dist`: quick when nothing has changed. */
export async function bringBuildUpToDate(): Promise<void> {
    const [program = '', ...before] = pnpm;
    await withLock(() => promisify(execFile)(program, [...before, 'build'], { cwd: root }));
}
