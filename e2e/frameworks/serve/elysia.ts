import { createWebhookHandler } from '@x/webhooks/fetch';
import { app } from '../recipes/elysia.js';
import { receiver } from '../recipes/receiver.js';

const wrong = createWebhookHandler(receiver);
app.post('/wrong', ({ body, request }) => (body ? wrong(request) : 'no body'));
app.listen({ port: Number(process.env.PORT), hostname: '127.0.0.1' });
