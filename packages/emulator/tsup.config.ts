import { readFile } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';
import { browserScripts } from '../../browser-script.js';
import { bundling, command, library } from '../../tsup.base.js';

/** A namespace that is imported as one can be taken apart: the bundle gets the parts of zod that are used, a tenth of it. */
const partsOfZod: NonNullable<Options['esbuildPlugins']>[number] = {
    name: 'parts-of-zod',
    setup({ onLoad }) {
        onLoad({ filter: /\/emulator\/src\/.*\.ts$/ }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replace("import { z } from 'zod';", "import * as z from 'zod';"),
            loader: 'ts',
        }));
    },
};

/*
 * What every start needs is bundled: loading the hundred files of zod takes longer than all the rest of a start. What only some runs need
 * stays outside (`requireLater`).
 */
const options: Options = {
    platform: 'node',
    noExternal: ['zod', 'hono', '@hono/node-server', 'fastest-levenshtein'],
    ...bundling({ esbuildPlugins: [browserScripts, partsOfZod] }),
};

export default defineConfig([
    ...library({ ...options, entry: ['src/index.ts', 'src/vitest/index.ts', 'src/jest/index.ts'] }),
    command({ ...options, entry: ['src/cli.ts'] }),
]);
