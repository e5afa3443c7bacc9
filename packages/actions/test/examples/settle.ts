import type { AsyncActionEvent } from '@x/node';
import { nango } from './nango.js';

/** Who waits in this process, by the action's id. */
const waiting = new Map<string, (event: AsyncActionEvent) => void>();

/** Give it to your webhook receiver. */
export function onAsyncAction(event: AsyncActionEvent): void {
    waiting.get(event.payload.id)?.(event);
}

/** Polls, and is done at once when the webhook comes. */
export async function importOrders(connectionId: string): Promise<{ imported: number }> {
    const queued = await nango.triggerActionAsync('shop', connectionId, 'import-orders', {}, { retries: 3 });
    const webhook = new Promise<AsyncActionEvent>((resolve) => waiting.set(queued.id, resolve));
    try {
        return await nango.waitForActionResult<{ imported: number }>(queued, { webhook, timeout: 30 * 60_000 });
    } finally {
        waiting.delete(queued.id);
    }
}

/** Where nobody waits: a worker that is woken by the webhook. An action that returned nothing gives null. */
export async function collect(event: AsyncActionEvent): Promise<{ imported: number } | null> {
    return nango.waitForActionResult<{ imported: number } | null>(event);
}
