import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const file = `${folder}/build.lock`;

/** Runs `work` while no other process builds here: two test runs that start together must not empty each other's `dist`. */
export async function withLock(work: () => Promise<unknown>): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (let tries = 0; !take(); tries++) {
        if (tries > 2_400) throw new Error(`another build has held ${file} for four minutes; if there is none, delete the file`);
        await wait(100);
    }
    try {
        await work();
    } finally {
        rmSync(file, { force: true });
    }
}

function take(): boolean {
    try {
        writeFileSync(file, String(process.pid), { flag: 'wx' });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (!holderLives()) rmSync(file, { force: true });
        return false;
    }
}

function holderLives(): boolean {
    try {
        process.kill(Number(readFileSync(file, 'utf8')) || process.pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code !== 'ESRCH';
    }
}
