import { cpSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { here } from '../harness/paths.js';
import { ScratchProject } from '../harness/scratch-project.js';
import { installTool, toolVersion } from '../harness/tools.js';

/** The versions of frameworks that `tools.json` pins; `name=package` installs a package under another name. */
export function dependencies(...names: string[]): Record<string, string> {
    return Object.fromEntries(
        names.map((name) => {
            const version = toolVersion(name);
            if (version === undefined) throw new Error(`tools.json has no version of ${name}`);
            return [name, version];
        }),
    );
}

/** A project outside the repository with the recipes, the packed receiver, and these frameworks. */
export async function frameworkProject(frameworks: Record<string, string>): Promise<ScratchProject> {
    const project = await ScratchProject.create({ install: ['@x/webhooks'], packed: inject('packed'), dependencies: frameworks });
    for (const folder of ['recipes', 'serve', 'events'])
        cpSync(`${here}frameworks/${folder}`, project.path(folder), { recursive: true });
    return project;
}

/** Removes many thousand files without holding up the worker of the test runner. */
export async function removeProject(project: ScratchProject | undefined): Promise<void> {
    if (project) await rm(project.folder, { recursive: true, force: true });
}

const compilerOptions = {
    ...{
        module: 'esnext',
        moduleResolution: 'bundler',
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        types: ['node'],
    },
    ...{ strict: true, skipLibCheck: true, noEmit: true, experimentalDecorators: true, emitDecoratorMetadata: true },
    ...{ isolatedModules: true, allowImportingTsExtensions: true },
};

/** Compiles recipes as an app does; throws with what the compiler says. */
export async function compileRecipes(project: ScratchProject, names: readonly string[]): Promise<void> {
    const files = [...new Set(names)].map((name) => `recipes/${name}.ts`);
    project.write({ 'tsconfig.json': JSON.stringify({ compilerOptions, files }) });
    const compiler = `${await installTool('typescript-5.9', 'typescript')}/node_modules/typescript/bin/tsc`;
    await project.run(process.execPath, [compiler, '-p', '.', '--pretty', 'false']);
}

/** Bundles one of `serve/`, with the recipe that it serves and without what npm installed. */
export async function bundleServer(
    project: ScratchProject,
    name: string,
    { alias = {}, format = 'esm' }: { alias?: Record<string, string> | undefined; format?: 'esm' | 'cjs' } = {},
): Promise<string> {
    const outfile = project.path('dist', `${[name, ...Object.values(alias)].join('-')}.${format === 'esm' ? 'mjs' : 'cjs'}`);
    await build({
        entryPoints: [project.path('serve', `${name}.ts`)],
        outfile,
        bundle: true,
        packages: 'external',
        alias,
        format,
        platform: 'node',
        target: 'node20',
        tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
        logLevel: 'error',
    });
    return outfile;
}
