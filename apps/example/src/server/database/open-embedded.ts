import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { migrationsFolder } from '../package-folder.js';
import type { Database } from './database.js';
import * as schema from './schema.js';

/** PostgreSQL compiled to WebAssembly, within this process: nothing to install, and for one process only. */
export async function openEmbedded(folder: string): Promise<Database> {
    if (!folder.includes('://')) mkdirSync(folder, { recursive: true });
    const pglite = await PGlite.create(folder);
    const tables = drizzle(pglite, { schema });
    await migrate(tables, { migrationsFolder });
    return {
        tables,
        async query(text, values) {
            if (values?.length) return pglite.query(text, values);
            return (await pglite.exec(text)).at(-1) ?? { rows: [] };
        },
        async listen(channel, onMessage) {
            await pglite.listen(channel, onMessage);
        },
        alone: (work) => work(),
        close: () => pglite.close(),
    };
}
