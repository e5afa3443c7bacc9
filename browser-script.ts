import { dirname, relative, resolve } from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';

/** An import that ends in this is the text of a browser script: `import script from './browser/connect-page.js?script'`. */
const mark = /^(\..*)\.js\?script$/;

/** Bundles a script of a page, readable as everything that is published, for a `<script>` element of its own. */
async function bundle(entry: string): Promise<{ text: string; inputs: string[] }> {
    const { outputFiles, metafile } = await build({
        entryPoints: [entry],
        bundle: true,
        write: false,
        metafile: true,
        format: 'iife',
        platform: 'browser',
        target: 'es2022',
        charset: 'utf8',
        legalComments: 'none',
    });
    return { text: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs).map((input) => resolve(input)) };
}

/** For the build. */
export const browserScripts: EsbuildPlugin = {
    name: 'browser-scripts',
    setup({ onResolve, onLoad }) {
        onResolve({ filter: mark }, ({ path, resolveDir }) => ({
            // Relative: it stands in a comment of what is published.
            path: relative(process.cwd(), resolve(resolveDir, path.replace(mark, '$1.ts'))),
            namespace: 'browser-script',
        }));
        onLoad({ filter: /.*/, namespace: 'browser-script' }, async ({ path }) => {
            const { text, inputs } = await bundle(resolve(path));
            return { contents: text, loader: 'text', watchFiles: inputs };
        });
    },
};

/** For the test runner: tests need no build. */
export const browserScriptsInTests: VitePlugin = {
    name: 'browser-scripts',
    enforce: 'pre',
    resolveId(source, importer) {
        if (!importer || !mark.test(source)) return undefined;
        return `\0script:${resolve(dirname(importer), source.replace(mark, '$1.ts'))}`;
    },
    async load(id) {
        if (!id.startsWith('\0script:')) return undefined;
        const { text, inputs } = await bundle(id.slice('\0script:'.length));
        for (const input of inputs) this.addWatchFile(input);
        return `export default ${JSON.stringify(text)};`;
    },
};
