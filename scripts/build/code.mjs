import { existsSync, readdirSync, rmSync } from 'node:fs';
import { root } from '../workspace.mjs';

/** Every folder that says in a tsup.config.ts how it is built. */
export const built = ['packages', 'apps']
    .flatMap((kind) => readdirSync(root + kind).map((folder) => `${root}${kind}/${folder}`))
    .filter((folder) => existsSync(`${folder}/tsup.config.ts`));

/** Runs tsup in each of them, in this one process: loading tsup takes longer than building most packages. */
export async function buildCode() {
    const { build } = await import('tsup');
    for (const folder of built) {
        rmSync(`${folder}/dist`, { recursive: true, force: true });
        process.chdir(folder);
        await build({ silent: true });
    }
    process.chdir(root);
}
