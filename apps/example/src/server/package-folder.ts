import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the SQL of the tables is: above `src/server` and `dist`, whichever runs. */
export const migrationsFolder = above('migrations');

/** Where the built page is. */
export const builtPage = join(migrationsFolder, '../dist/web');

function above(name: string): string {
    for (const up of ['..', '../..', '../../..']) {
        const path = fileURLToPath(new URL(`${up}/${name}`, import.meta.url));
        if (existsSync(path)) return path;
    }
    throw new Error(`The folder ${name} is missing: it belongs beside dist`);
}
