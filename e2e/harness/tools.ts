import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { here, toolsFolder } from './paths.js';
import { run } from './run.js';

/**
 * Other versions of Node, other runtimes and tools that ask for a newer Node than the one this repository is developed on. They come
 * from npm on first use, at the versions of `tools.json`, and are no dependency of the workspace: a fresh clone stays small.
 */
const versions = JSON.parse(readFileSync(`${here}tools.json`, 'utf8')) as Record<string, string>;

const { platform, arch } = process;

/** The version of a tool, or undefined when `tools.json` does not name it. */
export function toolVersion(name: string): string | undefined {
    return versions[name];
}

/** All tools whose name starts so, e.g. every `typescript-`. */
export function toolsNamed(prefix: string): string[] {
    return Object.keys(versions).filter((name) => name.startsWith(prefix));
}

/** Installs `package@version` from npm once and returns the folder whose `node_modules` has it. */
export async function installTool(
    name: string,
    packageName = name,
    { extra = [], overrides = {} }: { extra?: readonly string[]; overrides?: Record<string, string> } = {},
): Promise<string> {
    const version = versions[name];
    if (version === undefined) throw new Error(`tools.json has no version of ${name}`);
    const folder = `${toolsFolder}${name}-${version}`;
    if (existsSync(folder)) return folder;
    // Renamed when it is whole: two test files may install the same tool at once.
    const unfinished = `${folder}.${process.pid}.${Date.now()}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(`${unfinished}/package.json`, JSON.stringify({ private: true, overrides }));
    const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...flags, `${packageName}@${version}`, ...extra], { cwd: unfinished, timeout: 300_000 });
    try {
        renameSync(unfinished, folder);
    } catch (error) {
        rmSync(unfinished, { recursive: true, force: true });
        if (!existsSync(folder)) throw error;
    }
    return folder;
}

/** The binary of a Node version: this process's own for its major version, one from npm for the others. */
export async function nodeBinary(major: number): Promise<string> {
    if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
    const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
    return `${await installTool(`node-${major}`, name)}/node_modules/${name}/bin/node`;
}

export async function bunBinary(): Promise<string> {
    const name = `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
    return `${await installTool('bun', name)}/node_modules/${name}/bin/bun`;
}

export async function denoBinary(): Promise<string> {
    const name = `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
    return `${await installTool('deno', name)}/node_modules/${name}/deno`;
}

/** A Node that is new enough for the tools that no longer run on Node 20. */
export const newNode = (): Promise<string> => nodeBinary(22);
