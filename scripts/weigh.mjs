import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packages, root } from './workspace.mjs';

/** How a bundler for each target is set up; Workers as Wrangler does it, without nodejs_compat. */
export const targets = {
    node: { platform: 'node', conditions: ['node'] },
    workers: { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] },
};

/** What is counted: on Node what loading evaluates, and all as one file; for Workers one file, which is what Wrangler makes. */
export const measures = {
    eager: ['node', 'size', 'Node, eager'],
    single: ['node', 'single', 'Node, one file'],
    workers: ['workers', 'single', 'Workers'],
};

const folder = `${root}node_modules/.cache/sizes/`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(`${folder}node_modules/@x`, { recursive: true });
for (const one of packages) symlinkSync(one.at, `${folder}node_modules/@x/${one.folder}`);

/**
 * Bytes of what one or more packages export as a user's bundler makes it, minified and compressed.
 *
 * @param names with ` + ` between
 * @returns `size`: what is loaded with it; `all`: with the chunks that are loaded on demand; `single`: as one file, which holds both
 */
export async function weigh(names, target, resolveDir = folder) {
    const contents = names
        .split(' + ')
        .map((name) => `export * from '${name}';`)
        .join('\n');
    const options = {
        stdin: { contents, resolveDir },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        outdir: folder,
        // The paths below start there, wherever this is run.
        absWorkingDir: root,
        // Not the repository's own, whose paths lead to the sources.
        tsconfigRaw: {},
        target: 'es2022',
        external: ['node:*'],
        metafile: true,
        logLevel: 'silent',
        ...targets[target],
    };
    const [chunks, file] = await Promise.all([build({ ...options, splitting: true }), build(options)]);
    const { outputs } = chunks.metafile;
    const sizes = new Map(chunks.outputFiles.map(({ path, contents }) => [relative(root, path), compressed(contents)]));
    const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === '<stdin>');
    const eager = new Set([entry]);
    for (const path of eager)
        for (const { path: next, kind, external } of outputs[path].imports)
            if (!external && kind === 'import-statement') eager.add(next);
    const sum = (paths) => [...paths].reduce((total, path) => total + sizes.get(path), 0);
    const nodeImports = Object.values(outputs)
        .flatMap(({ imports }) => imports)
        .filter(({ external }) => external)
        .map(({ path }) => path);
    return { size: sum(eager), all: sum(sizes.keys()), single: compressed(file.outputFiles[0].contents), nodeImports };
}

function compressed(bytes) {
    return gzipSync(bytes, { level: 9 }).length;
}
