import type { RecordsConsumer } from '@x/node';
import type { SyncEvent } from '@x/webhooks';
import { database } from './app.js';
import { nango } from './nango.js';

export const consumer: RecordsConsumer = {
    load: (key) => database.loadCursor(key),
    save: (cursor, key) => database.saveCursor(key, cursor),
    // The same records may come twice: write them by `batch.key` and id.
    handle: (batch) => database.applyBatch(batch),
};

/** Runs for each job of the queue. Reads on from your own cursor, whatever the event says of times, counts and success. */
export async function handleSync(event: SyncEvent): Promise<void> {
    await nango.recordsFromWebhook(event, consumer);
}
