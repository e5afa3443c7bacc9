import { createWebhookHandler } from '@x/webhooks/node';
import { receiver } from './receiver.js';

// For `export default (req, res)`. Where routes get a Request, take createWebhookHandler from @x/webhooks/fetch.
export const config = { api: { bodyParser: false } };

export default createWebhookHandler(receiver);
