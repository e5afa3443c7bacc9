import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from '../../../receiver';

export const POST = createWebhookHandler(receiver);
