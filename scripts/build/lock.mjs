import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../workspace.mjs';

const file = `${root}node_modules/.cache/build.lock`;

/** Runs `work` while no other process builds here: two test runs that start together must not empty each other's `dist`. */
export async function withLock(work) {
    mkdirSync(`${root}node_modules/.cache`, { recursive: true });
    for (let tries = 0; !take(); tries++) {
        if (tries > 600) throw new Error(`another build has held ${file} for a minute; if there is none, delete the file`);
        await wait(100);
    }
    try {
        await work();
    } finally {
        rmSync(file, { force: true });
    }
}

function take() {
    try {
        writeFileSync(file, String(process.pid), { flag: 'wx' });
        return true;
    } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        if (!holderLives()) rmSync(file, { force: true });
        return false;
    }
}

function holderLives() {
    try {
        process.kill(Number(readFileSync(file, 'utf8')) || process.pid, 0);
        return true;
    } catch (error) {
        return error.code !== 'ESRCH';
    }
}
