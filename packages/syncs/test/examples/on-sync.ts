import type { SyncEvent } from '@x/node';
import type { Issue } from './app.js';
import { mirror } from './mirror.js';
import { nango } from './nango.js';

/** Runs for each `sync` webhook, from the queue that your receiver fills. */
export async function onSync(event: SyncEvent): Promise<void> {
    if (event.model === 'Issue') await nango.recordsFromWebhook<Issue>(event, mirror);
}
