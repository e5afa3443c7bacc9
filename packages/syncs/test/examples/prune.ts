import type { RecordsKey } from '@x/node';
import { database } from './app.js';
import { nango } from './nango.js';

/** Empties at Nango what you have read, for instance because it may not be kept there. */
export async function pruneRead(key: RecordsKey): Promise<number> {
    const untilCursor = await database.loadCursor(key);
    let pruned = 0;
    while (untilCursor !== undefined) {
        const { count, has_more } = await nango.pruneRecords({ ...key, untilCursor });
        pruned += count;
        if (!has_more) break;
    }
    return pruned;
}
