import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import type { Options } from 'tsup';
import { foldChunks, mergeImports } from './scripts/build/fold-chunks.js';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];
type Plugin = NonNullable<Options['plugins']>[number];

/**
 * What every build shares: nothing is minified (users read it in their debugger; bundlers minify), and entry points share chunks.
 * Declarations are not made here, and are left where they are: scripts/declarations.mjs makes those of all packages at once.
 */
function code(options: Options): Options {
    return {
        entry: ['src/index.ts'],
        format: ['esm'],
        dts: false,
        clean: ['!**/*.d.{ts,cts}'],
        target: 'es2022',
        platform: 'neutral',
        sourcemap: false,
        splitting: true,
        treeshake: false,
        // By URL: the config loader rewrites `import.meta.url` of an imported file, but not `import.meta.dirname`.
        tsconfig: fileURLToPath(new URL('./tsconfig.build.json', import.meta.url)),
        define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
        plugins: [oneFile(), commonjs()],
        ...options,
    };
}

/** The build of a package that is the same on every runtime: ESM and CJS side by side in `dist`. */
export function library(options: Options = {}): Options[] {
    return [code(options)];
}

/**
 * The build of a command: an ES module that nobody imports. It goes beside the library's, so it does not clean, and its chunks have names
 * of their own: both builds run at once, and the library's reads its chunks again.
 */
export function command(options: Options): Options {
    return code({
        clean: false,
        plugins: [],
        ...options,
        esbuildOptions(esbuild, context) {
            options.esbuildOptions?.(esbuild, context);
            esbuild.chunkNames = 'command-[hash]';
        },
    });
}

/** What loading a package needs at once is one file, which looks up each package once. Not for the emulator, whose start is its own. */
function oneFile(): Plugin {
    return {
        name: 'one-file',
        async buildEnd({ writtenFiles }) {
            if (this.options.platform !== 'neutral') return;
            await foldChunks(resolve(this.options.outDir));
            for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.js') && existsSync(file.name)))
                writeFileSync(name, mergeImports(readFileSync(name, 'utf8')));
        },
    };
}

/**
 * Writes a CommonJS twin beside each ES module, chunks included, so that entry points share their classes in both. tsup 8 would do it with
 * Sucrase, which takes `this.#call = f` for an assignment to an export named `call`, drops class names and spells out every `??`.
 */
function commonjs(): Plugin {
    return {
        name: 'commonjs',
        async buildEnd({ writtenFiles }) {
            for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.js') && existsSync(file.name))) {
                const { code } = await transform(readFileSync(name, 'utf8'), {
                    format: 'cjs',
                    // Lists the exports where Node looks for them when an ES module imports the file.
                    platform: 'node',
                    target: 'es2022',
                    // `import()` becomes `require`: jest has no native import() by default.
                    supported: { 'dynamic-import': false },
                });
                writeFileSync(name.replace(/\.js$/, '.cjs'), code.replace(/(require\("\.[^"]*)\.js"\)/g, '$1.cjs")'));
            }
        },
    };
}

/**
 * The build of a package whose ports differ by runtime: `dist/node` and `dist/portable`. One set of declarations serves
 * both, in `dist/types`. `ports` maps the import that the sources use to the file that each variant gets:
 *
 *     variants({ '#hmac': { node: 'src/hmac/node.ts', portable: 'src/hmac/portable.ts' } }, { entry: […] })
 *
 * The `exports` of such a package list, under both `import` and `require`: `types`, then `workerd`, `edge-light`, `bun`, `deno`
 * and `browser` (portable), `node` (node), `default` (portable). Bun and Deno match `node` too, hence the order.
 * Bundled third-party code is named with its licence in `dist/THIRD_PARTY_NOTICES`.
 */
export function variants(ports: Record<string, Record<'node' | 'portable', string>>, options: Options = {}): Options[] {
    const licences = new Map<string, string>();
    const build = (variant: 'node' | 'portable') =>
        code({
            ...options,
            outDir: `dist/${variant}`,
            esbuildPlugins: [...(options.esbuildPlugins ?? []), ...(variant === 'portable' ? [atOnce] : []), notices(licences)],
            esbuildOptions(esbuild, context) {
                options.esbuildOptions?.(esbuild, context);
                esbuild.metafile = true;
                for (const [port, files] of Object.entries(ports))
                    esbuild.alias = { ...esbuild.alias, [port]: resolve(files[variant]) };
            },
        });
    return [build('node'), build('portable')];
}

/**
 * What Node loads on demand, a bundle for Workers holds at once: bundlers for them write one file, in which `import()` costs bytes and saves
 * nothing.
 */
const atOnce: EsbuildPlugin = {
    name: 'at-once',
    setup({ onLoad }) {
        onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
            const imports: string[] = [];
            const contents = readFileSync(path, 'utf8').replace(/(?<!typeof )\bimport\(('\.[^']*')\)/g, (_, from) => {
                imports.push(`import * as loaded${imports.length} from ${from};\n`);
                return `Promise.resolve(loaded${imports.length - 1})`;
            });
            return imports.length === 0 ? undefined : { contents: imports.join('') + contents, loader: 'ts' };
        });
    },
};

/** For a package that bundles what it depends on: the licences go into `dist/THIRD_PARTY_NOTICES`. */
export function bundling({ esbuildPlugins = [] }: Options): Options {
    return {
        esbuildPlugins: [...esbuildPlugins, notices(new Map())],
        esbuildOptions(esbuild) {
            esbuild.metafile = true;
        },
    };
}

/** Writes the licence of every package whose code ended up in the bundle; builds that share `licences` share the file. */
function notices(licences: Map<string, string>): EsbuildPlugin {
    return {
        name: 'third-party-notices',
        setup(build) {
            build.onEnd(({ metafile }) => {
                for (const input of Object.keys(metafile?.inputs ?? {})) {
                    const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
                    const from = root ?? input;
                    if (licences.has(from)) continue;
                    const text = root === undefined ? ownNotice(input) : notice(root);
                    if (text !== undefined) licences.set(from, text);
                }
                if (licences.size === 0) return;
                mkdirSync('dist', { recursive: true });
                writeFileSync('dist/THIRD_PARTY_NOTICES', [...new Set(licences.values())].sort().join(`\n${'-'.repeat(80)}\n\n`));
            });
        },
    };
}

/** The licence at the head of a file of ours that holds what others wrote. */
function ownNotice(file: string): string | undefined {
    // A name with a colon is a plugin's, and no file.
    if (!file.endsWith('.ts') || file.includes(':')) return undefined;
    const head = /^(?:\/\/.*\n)+/.exec(readFileSync(file, 'utf8'))?.[0];
    return head?.includes('Copyright (c)') ? head.replace(/^\/\/ ?/gm, '') : undefined;
}

function notice(root: string): string {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
    const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled but carries no licence text`);
    return `${name} ${version}\n\n${readFileSync(join(root, file), 'utf8').trim()}\n`;
}
