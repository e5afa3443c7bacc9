import type { SyncEvent } from '@x/webhooks';
import { database } from './app.js';
import { nango } from './nango.js';

/** Runs for each job of the queue. */
export async function handleSync({ providerConfigKey, connectionId, model, outcome }: SyncEvent): Promise<void> {
    if (outcome === 'failed') return;
    await readNewRecords({ providerConfigKey, connectionId, model });
}

/** From your own saved cursor, never from the event's `modifiedAfter`: that would lose records after one missed delivery. */
export function readNewRecords(key: { providerConfigKey: string; connectionId: string; model: string }): Promise<void> {
    return nango.consumeRecords(key, {
        load: (of) => database.loadCursor(of),
        save: (cursor, of) => database.saveCursor(of, cursor),
        handle: (batch) => database.applyBatch(batch),
    });
}
