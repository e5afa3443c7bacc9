import { createWebhookHandler } from '@x/webhooks/node';
import { app, router } from '../recipes/koa-bodyparser.js';
import { receiver } from '../recipes/receiver.js';

const handleWebhook = createWebhookHandler(receiver);
router.post('/wrong', (ctx) => {
    ctx.respond = false;
    return handleWebhook(ctx.req, ctx.res);
});
app.listen(Number(process.env.PORT), '127.0.0.1');
