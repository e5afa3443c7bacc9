import { getRequestListener } from '@hono/node-server';
import { createWebhookHandler } from '@x/webhooks/fetch';
import { app } from '../recipes/hono.js';
import { receiver } from '../recipes/receiver.js';
import { listen } from './listen.js';

app.post('/wrong', (c) => createWebhookHandler(receiver)(c as never));
listen(getRequestListener(app.fetch));
