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

const folder = `${root}node_modules/.cache/sizes/`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(`${folder}node_modules/@x`, { recursive: true });
for (const one of packages) symlinkSync(one.at, `${folder}node_modules/@x/${one.folder}`);

/** Bytes of a package as a user's bundler makes it, minified and compressed: what loads with it, and with what is loaded on demand. */
export async function weigh(name, target, resolveDir = folder) {
    const result = await build({
        stdin: { contents: `export * from '${name}'`, resolveDir },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        // Chunks that are loaded on demand (the fetch adapter on Node) are weighed apart.
        splitting: true,
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
    });
    const { outputs } = result.metafile;
    const sizes = new Map(
        result.outputFiles.map(({ path, contents }) => [relative(root, path), gzipSync(contents, { level: 9 }).length]),
    );
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
    return { size: sum(eager), all: sum(sizes.keys()), nodeImports };
}
