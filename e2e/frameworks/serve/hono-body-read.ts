import { getRequestListener } from '@hono/node-server';
import { createWebhookHandler } from '@x/webhooks/fetch';
import { app } from '../recipes/hono-body-read.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

const handleWebhook = createWebhookHandler(receiver);
app.post('/wrong', (c) => handleWebhook(c.req.raw));
listen(getRequestListener(app.fetch));
