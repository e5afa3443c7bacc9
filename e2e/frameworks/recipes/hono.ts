import { createWebhookHandler } from '@x/webhooks/fetch';
import { Hono } from 'hono';
import { receiver } from './receiver.js';

export const app = new Hono();

const handleWebhook = createWebhookHandler(receiver);

app.post('/webhooks/nango', (c) => handleWebhook(c.req.raw));
