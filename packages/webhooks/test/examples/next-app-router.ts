import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.js';

export const POST = createWebhookHandler(receiver);
