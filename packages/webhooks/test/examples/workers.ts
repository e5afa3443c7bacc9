import type { SyncEvent } from '@x/webhooks';
import { createWebhookHandler } from '@x/webhooks/fetch';

interface Env {
    NANGO_WEBHOOK_SIGNING_KEY: string;
    SYNC_QUEUE: { send(event: SyncEvent): Promise<void> };
}

let handleWebhook: ((request: Request) => Promise<Response>) | undefined;

export default {
    fetch(request: Request, env: Env): Promise<Response> {
        // Made once for each isolate, at the first request, and kept: it remembers what it has handled.
        handleWebhook ??= createWebhookHandler({
            signingKey: env.NANGO_WEBHOOK_SIGNING_KEY,
            onSync: (event) => env.SYNC_QUEUE.send(event),
        });
        return handleWebhook(request);
    },
};
