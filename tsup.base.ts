import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** tsup 8 sets `baseUrl` while it makes declarations, which TypeScript 6 reports as deprecated. */
const declarationOptions = { ignoreDeprecations: '6.0' };

/**
 * What every package's build shares: ESM and CJS side by side, declarations for both, nothing minified
 * (users read it in their debugger; bundlers minify).
 */
export function library(options: Options = {}): Options {
    return {
        entry: ['src/index.ts'],
        format: ['esm', 'cjs'],
        target: 'es2022',
        platform: 'neutral',
        clean: true,
        sourcemap: false,
        splitting: true,
        treeshake: false,
        // By URL: the config loader rewrites `import.meta.url` of an imported file, but not `import.meta.dirname`.
        tsconfig: fileURLToPath(new URL('./tsconfig.build.json', import.meta.url)),
        dts: { compilerOptions: declarationOptions },
        define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
        ...options,
    };
}

/**
 * The builds of a package whose ports differ by runtime: `dist/node` and `dist/portable`, and one set of declarations for
 * both in `dist/types`. `ports` maps the import that the sources use to the file that each variant gets:
 *
 *     variants({ '#hmac': { node: 'src/hmac/node.ts', portable: 'src/hmac/portable.ts' } }, { entry: […] })
 *
 * The `exports` of such a package list, under both `import` and `require`: `types`, then `workerd`, `edge-light`, `bun`, `deno`
 * and `browser` (portable), `node` (node), `default` (portable). Bun and Deno match `node` too, hence the order.
 * Bundled third-party code is named with its licence in `dist/THIRD_PARTY_NOTICES`.
 */
export function variants(ports: Record<string, Record<'node' | 'portable', string>>, options: Options = {}): Options[] {
    const licences = new Map<string, string>();
    const code = (variant: 'node' | 'portable') =>
        library({
            ...options,
            outDir: `dist/${variant}`,
            dts: false,
            esbuildPlugins: [...(options.esbuildPlugins ?? []), notices(licences)],
            esbuildOptions(esbuild, context) {
                options.esbuildOptions?.(esbuild, context);
                esbuild.metafile = true;
                for (const [port, files] of Object.entries(ports))
                    esbuild.alias = { ...esbuild.alias, [port]: resolve(files[variant]) };
            },
        });
    const paths = Object.fromEntries(Object.entries(ports).map(([port, { node }]) => [port, [resolve(node)]]));
    const dts = { only: true, compilerOptions: { ...declarationOptions, paths } };
    return [code('node'), code('portable'), library({ ...options, outDir: 'dist/types', dts })];
}

/** Writes the licence of every package whose code ended up in the bundle; builds that share `licences` share the file. */
function notices(licences: Map<string, string>): Plugin {
    return {
        name: 'third-party-notices',
        setup(build) {
            build.onEnd(({ metafile }) => {
                for (const input of Object.keys(metafile?.inputs ?? {})) {
                    const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
                    if (root !== undefined && !licences.has(root)) licences.set(root, notice(root));
                }
                if (licences.size === 0) return;
                mkdirSync('dist', { recursive: true });
                writeFileSync('dist/THIRD_PARTY_NOTICES', [...new Set(licences.values())].sort().join(`\n${'-'.repeat(80)}\n\n`));
            });
        },
    };
}

function notice(root: string): string {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
    const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled but carries no licence text`);
    return `${name} ${version}\n\n${readFileSync(join(root, file), 'utf8').trim()}\n`;
}

export default defineConfig(library());
