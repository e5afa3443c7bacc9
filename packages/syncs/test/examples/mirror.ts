import type { RecordsConsumer, RecordsKey } from '@x/node';
import { database, type Issue } from './app.js';
import { nango } from './nango.js';

/** Keeps a table like the records. */
export const mirror: RecordsConsumer<Issue> = {
    load: (key) => database.loadCursor(key),
    save: (cursor, key) => database.saveCursor(key, cursor),
    batchSize: 500,
    async handle({ key, added, updated, deleted, pruned, lag }) {
        // The same records may come twice after a crash: write them by their key and id. Two connections may have records of one id.
        for (const issue of [...added, ...updated]) await database.writeIssue(key, issue);
        for (const { id } of deleted) await database.deleteIssue(key, id);
        // Nango has emptied these. They are still there at the provider, so the table keeps what it has.
        if (pruned.length > 0) console.warn(`${pruned.length} records came too late to be read`);
        if (lag > 3_600_000) console.warn(`an hour behind: ${lag} ms`);
    },
};

export async function readNewIssues(key: RecordsKey): Promise<boolean> {
    const { caughtUp } = await nango.consumeRecords<Issue>(key, mirror);
    return caughtUp;
}
