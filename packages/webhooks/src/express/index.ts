import { hmacHeader } from '../authenticate.js';
import { headerValue } from '../header-value.js';
import type { NodeRequest } from '../node/index.js';

export {
    type ConfirmableEvent,
    type ConfirmConnection,
    type ConfirmedConnection,
    type ConfirmedTypes,
    type Confirms,
    type ConnectionLister,
    confirmConnection,
    createWebhookHandler,
    type DedupeStore,
    memoryDedupeStore,
    type NodeRequest,
    type NodeResponse,
    type WebhookContext,
    type WebhookHandlerOptions,
} from '../node/index.js';

/**
 * Keeps the raw body of webhooks, for apps whose `express.json()` runs before every route. Other requests are left as they are.
 *
 * @example
 * ```ts
 * app.use(express.json({ verify: keepRawBody, limit: '10mb' }));
 * ```
 */
export function keepRawBody(req: Pick<NodeRequest, 'headers'>, _res: unknown, body: Uint8Array): void {
    if (headerValue(req.headers, hmacHeader)) (req as { rawBody?: unknown }).rawBody = body;
}
