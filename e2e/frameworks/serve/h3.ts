import { createWebhookHandler } from '@x/webhooks/fetch';
import { serve } from 'h3';
import { app } from '../recipes/h3.js';
import { receiver } from '../recipes/receiver.js';

app.post('/wrong', (event) => createWebhookHandler(receiver)(event as never));
serve(app, { port: Number(process.env.PORT), hostname: '127.0.0.1' });
