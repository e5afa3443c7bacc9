import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

/**
 * Imports TypeScript sources of the repository, with no build before it.
 *
 * @param {string[]} files paths relative to the root
 * @returns {Promise<Record<string, Record<string, any>>>} the exports of each file, under its path
 */
export async function importSources(files) {
    const outfile = `${root}node_modules/.cache/imported-sources.mjs`;
    mkdirSync(`${root}node_modules/.cache`, { recursive: true });
    await build({
        stdin: { contents: files.map((file, index) => `export * as m${index} from './${file}';`).join('\n'), resolveDir: root },
        outfile,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        keepNames: true,
        tsconfig: `${root}tsconfig.base.json`,
        define: { __VERSION__: '"0.0.0"' },
        // CommonJS in the bundle asks for Node's own modules.
        banner: { js: "import { createRequire as r } from 'node:module';\nconst require = r(import.meta.url);" },
        plugins: [scriptsAreEmpty],
        logLevel: 'error',
    });
    const modules = await import(`${outfile}?${Date.now()}`);
    return Object.fromEntries(files.map((file, index) => [file, modules[`m${index}`]]));
}

/** Nobody opens a page here. */
const scriptsAreEmpty = {
    name: 'no-browser-scripts',
    setup({ onResolve, onLoad }) {
        onResolve({ filter: /\?script$/ }, ({ path }) => ({ path, namespace: 'no-script' }));
        onLoad({ filter: /.*/, namespace: 'no-script' }, () => ({ contents: 'export default ""' }));
    },
};
