// Bundles each package as a user's bundler would, and compares with the budgets in sizes.json. Needs a build.
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packages, report, root } from './workspace.mjs';

const { budgets, aims } = JSON.parse(readFileSync(`${root}scripts/sizes.json`, 'utf8'));

/** How a bundler for each target is set up; Workers as Wrangler does it, without nodejs_compat. */
const targets = {
    node: { platform: 'node', conditions: ['node'] },
    workers: { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] },
};

const folder = `${root}node_modules/.cache/sizes/`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(`${folder}node_modules/@x`, { recursive: true });
for (const one of packages) symlinkSync(one.at, `${folder}node_modules/@x/${one.folder}`);

const problems = [];
console.log(
    `${'bytes, gzip'.padEnd(16)}${Object.keys(targets)
        .map((name) => name.padStart(16) + ' '.repeat(name === 'node' ? 30 : 12))
        .join('')}`,
);
for (const one of packages) {
    if (one.folder === 'emulator') continue;
    const cells = [];
    for (const target of Object.keys(targets)) {
        const budget = budgets[one.folder]?.[target];
        const { size, all, nodeImports } = await weigh(one.manifest.name, target);
        const aim = aims[one.folder]?.[target];
        cells.push(`${size} of ${budget}`.padStart(16) + (aim && size > aim ? `, aim ${aim}` : '').padEnd(12));
        if (all > size) cells.push(`+ ${all - size} on demand`.padEnd(18));
        if (budget === undefined) problems.push(`sizes.json has no ${target} budget for ${one.folder}`);
        else if (size > budget) problems.push(`${one.manifest.name} for ${target}: ${size} bytes, budget ${budget}`);
        if (target === 'workers' && nodeImports.length > 0)
            problems.push(`${one.manifest.name} for Workers imports ${nodeImports.join(', ')}`);
    }
    console.log(one.folder.padEnd(16) + cells.join(''));
}
report(problems, 'sizes: within budget, and no node: import for Workers');

async function weigh(name, target) {
    const result = await build({
        stdin: { contents: `export * from '${name}'`, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        // Chunks that are loaded on demand (the fetch adapter on Node) are weighed apart.
        splitting: true,
        outdir: folder,
        // Not the repository's own, whose paths lead to the sources.
        tsconfigRaw: {},
        target: 'es2022',
        external: ['node:*'],
        metafile: true,
        logLevel: 'error',
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
