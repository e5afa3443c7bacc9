import { createWebhookHandler } from '@x/webhooks/fetch';
import { Hono } from 'hono';
import { cloneRawRequest } from 'hono/request';
import { receiver } from './receiver.js';

export const app = new Hono();

const handleWebhook = createWebhookHandler(receiver);

// A validator or a logger that reads the body. Hono keeps what it read.
app.use(async (c, next) => {
    await c.req.json();
    await next();
});

app.post('/webhooks/nango', async (c) => handleWebhook(await cloneRawRequest(c.req)));
