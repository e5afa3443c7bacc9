import { createWebhookHandler } from '@x/webhooks/node';
import { receiver } from '../../receiver';

// Without this Next.js parses the body before the handler sees it.
export const config = { api: { bodyParser: false } };

export default createWebhookHandler(receiver);
