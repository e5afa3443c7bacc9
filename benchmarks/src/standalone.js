import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages, root } from '../../scripts/workspace.mjs';

export { root };
export const benchmarks = fileURLToPath(new URL('../', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(`${benchmarks}package.json`, 'utf8'));
const thirdParties = Object.keys(devDependencies).filter((name) => !name.startsWith('@x/'));

/** Other people's packages that are measured, with their versions. */
export const versions = Object.fromEntries(
    thirdParties.map((name) => [
        name,
        JSON.parse(readFileSync(`${benchmarks}node_modules/${name}/package.json`, 'utf8')).version,
    ]),
);

let folder;

/**
 * A copy of what is measured, outside of the repository, as a user has it: Bun would follow the repository's tsconfig.json to the sources, and a
 * build that runs meanwhile would change it. Made once, removed when the process ends.
 */
export function standalone() {
    if (folder) return folder;
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'bench-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
    cpSync(`${benchmarks}src`, `${folder}/src`, { recursive: true });
    writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, type: 'module' }));
    for (const { at, manifest } of packages.filter(({ at }) => existsSync(`${at}dist`)))
        for (const part of ['package.json', 'dist'])
            cpSync(`${at}${part}`, `${folder}/node_modules/${manifest.name}/${part}`, { recursive: true });
    for (const name of thirdParties) {
        mkdirSync(dirname(`${folder}/node_modules/${name}`), { recursive: true });
        symlinkSync(realpathSync(`${benchmarks}node_modules/${name}`), `${folder}/node_modules/${name}`);
    }
    return folder;
}
