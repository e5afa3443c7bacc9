import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** The published packages, by folder name. */
export const packages = readdirSync(`${root}packages`)
    .filter((folder) => existsSync(`${root}packages/${folder}/package.json`))
    .map((folder) => ({
        folder,
        at: `${root}packages/${folder}/`,
        manifest: JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')),
    }));

/** A path as it is printed: relative to the root. */
export const shown = (path) => relative(root, path);

/** Every TypeScript file below `folder`, tests included. */
export function sourcesIn(folder) {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.[mc]?tsx?$/.test(file) && !file.includes('node_modules/'))
        .map((file) => `${folder}/${file}`.replace('//', '/'))
        .sort();
}

/** What a package can be imported as and where its declarations are: `{ '.': 'dist/index.d.ts', './redis': … }`. */
export function declarations({ manifest }) {
    return Object.fromEntries(
        Object.entries(manifest.exports)
            .filter(([path]) => !path.endsWith('.json'))
            .map(([path, conditions]) => [path, conditions.import.types.replace('./', '')]),
    );
}

/** Prints the problems and sets the exit code; says `fine` when there are none. */
export function report(problems, fine) {
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log(fine);
}
