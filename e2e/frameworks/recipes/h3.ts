import { createWebhookHandler } from '@x/webhooks/fetch';
import { H3 } from 'h3';
import { receiver } from './receiver.js';

export const app = new H3();

const handleWebhook = createWebhookHandler(receiver);

app.post('/webhooks/nango', (event) => handleWebhook(event.req));
