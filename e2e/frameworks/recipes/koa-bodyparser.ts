import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import { createWebhookHandler } from '@x/webhooks/node';
import Koa from 'koa';
import { receiver } from './receiver.js';

export const app = new Koa();
export const router = new Router();

const handleWebhook = createWebhookHandler(receiver);

// Without `jsonLimit` it refuses bodies over 1 MB.
app.use(bodyParser({ jsonLimit: '10mb' }));

router.post('/webhooks/nango', (ctx) => {
    ctx.respond = false;
    return handleWebhook(Object.assign(ctx.req, { rawBody: ctx.request.rawBody }), ctx.res);
});

app.use(router.routes());
