import { build } from 'esbuild';
import { targets } from '../../scripts/weigh.mjs';
import { standalone } from './standalone.js';

/** The Worker that is measured (`worker.js`), as Wrangler would bundle it, and returns the folder that has it. */
export async function bundleWorker() {
    const outdir = `${standalone()}/worker`;
    await build({
        entryPoints: [`${standalone()}/src/worker.js`],
        outdir,
        bundle: true,
        format: 'esm',
        target: 'es2022',
        tsconfigRaw: {},
        // Those are not measured there, so they are never loaded.
        external: ['@nangohq/node', 'ofetch', 'undici'],
        logLevel: 'error',
        ...targets.workers,
    });
    return outdir;
}
