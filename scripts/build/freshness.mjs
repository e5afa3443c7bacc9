import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { packages, root } from '../workspace.mjs';
import { built } from './code.mjs';

const file = `${root}node_modules/.cache/built`;
/** At the root: what tsup.config.ts files import, settings, versions of tools. */
const shared = /^((?!vitest)[\w-]+(\.base)?\.ts|tsconfig\.\w+\.json|pnpm-lock\.yaml)$/;

/** A hash of everything that a build depends on. */
export function fingerprint() {
    const hash = createHash('sha256');
    for (const path of inputs())
        hash.update(`${path}\0`)
            .update(readFileSync(root + path))
            .update('\0');
    return hash.digest('hex');
}

/** Whether the last build was of these sources and is still there. */
export function isBuilt(sources) {
    return (
        existsSync(file) &&
        readFileSync(file, 'utf8') === sources &&
        built.every((folder) => existsSync(`${folder}/dist`)) &&
        packages.every(isWhole)
    );
}

export function remember(sources) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, sources);
}

function isWhole({ at, manifest }) {
    const files = Object.values(manifest.exports).flatMap(function targets(target) {
        return typeof target === 'string' ? [target] : Object.values(target).flatMap(targets);
    });
    return files.every((path) => existsSync(at + path));
}

function inputs() {
    const below = (folder, wanted) =>
        readdirSync(root + folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && wanted(entry.name))
            .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length));
    const ofWorkspaces = ['packages', 'apps'].flatMap((kind) =>
        readdirSync(root + kind).flatMap((folder) => [
            ...['package.json', 'tsup.config.ts']
                .map((name) => `${kind}/${folder}/${name}`)
                .filter((path) => existsSync(root + path)),
            ...(existsSync(`${root}${kind}/${folder}/src`)
                ? below(`${kind}/${folder}/src`, (name) => !name.endsWith('.test.ts'))
                : []),
        ]),
    );
    return [
        ...readdirSync(root).filter((name) => shared.test(name)),
        ...below('scripts/build', () => true),
        ...ofWorkspaces,
    ].sort();
}
