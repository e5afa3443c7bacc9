import { createWebhookHandler } from '@x/webhooks/node';
import { app, router } from '../recipes/koa.js';
import { receiver } from '../recipes/receiver.js';

router.post('/wrong', createWebhookHandler(receiver) as never);
app.listen(Number(process.env.PORT), '127.0.0.1');
