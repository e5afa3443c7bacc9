import Router from '@koa/router';
import { createWebhookHandler } from '@x/webhooks/node';
import Koa from 'koa';
import { receiver } from './receiver.js';

export const app = new Koa();
export const router = new Router();

const handleWebhook = createWebhookHandler(receiver);

router.post('/webhooks/nango', (ctx) => {
    // The handler answers by itself.
    ctx.respond = false;
    return handleWebhook(ctx.req, ctx.res);
});

app.use(router.routes());
