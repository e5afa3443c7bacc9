// Hono on Node and the ESM build: `PORT=… node hono-server.mjs`.
import { serve } from '@hono/node-server';
import { createWebhookHandler } from '@x/webhooks/fetch';
import { Hono } from 'hono';
import { receiver } from './receiver.mjs';

const handleWebhook = createWebhookHandler(receiver(process.env));
const app = new Hono();
app.post('/webhooks/nango', (c) => handleWebhook(c.req.raw));
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
