import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './clean-environment.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The binary for `22`, `24`, …: this process's own for its major version, from npm for the others, where e2e keeps its own too. A path is itself. */
export function nodeBinary(wanted) {
    if (!/^\d+$/.test(wanted)) return wanted;
    if (process.versions.node.startsWith(`${wanted}.`)) return process.execPath;
    const version = JSON.parse(readFileSync(`${root}e2e/tools.json`, 'utf8'))[`node-${wanted}`] ?? wanted;
    const name = `node-${process.platform}-${process.arch}`;
    const folder = `${root}node_modules/.cache/e2e-tools/node-${wanted}-${version}`;
    if (!existsSync(folder)) {
        // Renamed when it is whole: e2e takes a folder that is there for complete.
        const unfinished = `${folder}.${process.pid}`;
        mkdirSync(unfinished, { recursive: true });
        writeFileSync(`${unfinished}/package.json`, '{"private":true}');
        const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
        execFileSync('npm', ['install', ...flags, `${name}@${version}`], {
            cwd: unfinished,
            env: cleanEnvironment(),
            stdio: ['ignore', 'ignore', 'inherit'],
        });
        renameSync(unfinished, folder);
    }
    return `${folder}/node_modules/${name}/bin/node`;
}
