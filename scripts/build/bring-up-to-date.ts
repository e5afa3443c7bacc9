import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Builds, if what is built is not of today's sources: for the few tests that are about `dist`. */
export async function bringBuildUpToDate(): Promise<void> {
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('../build.mjs', import.meta.url))]);
}
