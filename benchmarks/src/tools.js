import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cleanEnvironment } from './clean-environment.js';
import { root } from './standalone.js';

const versions = JSON.parse(readFileSync(`${root}e2e/tools.json`, 'utf8'));
const { platform, arch } = process;

/** The binary for `22`, `24`, …: this process's own for its major version, from npm for the others. */
export function nodeBinary(major) {
    if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
    const name = `node-${platform}-${arch}`;
    return `${install(`node-${major}`, name)}${name}/bin/node`;
}

export function bunBinary() {
    const name = `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
    return `${install('bun', name)}${name}/bin/bun`;
}

export function denoBinary() {
    const name = `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
    return `${install('deno', name)}${name}/deno`;
}

/** workerd comes with Miniflare, whose version is its own. */
export function workerdBinary() {
    return `${install('miniflare', 'miniflare')}@cloudflare/workerd-${platform}-${arch === 'x64' ? '64' : arch}/bin/workerd`;
}

/** Installs a package from npm once, at the version that e2e uses and where e2e keeps it too, and returns its `node_modules/`. */
function install(tool, name) {
    const version = versions[tool] ?? tool.replace(/^.*-/, '');
    const folder = `${root}node_modules/.cache/e2e-tools/${tool}-${version}`;
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
    return `${folder}/node_modules/`;
}
