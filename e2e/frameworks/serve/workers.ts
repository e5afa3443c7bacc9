import { createWebhookHandler } from '@x/webhooks/fetch';
import worker from '../recipes/workers.js';

export default {
    async fetch(request: Request, env: any) {
        if (new URL(request.url).pathname !== '/wrong') return worker.fetch(request, env);
        await request.json();
        return createWebhookHandler({ signingKey: env.NANGO_WEBHOOK_SIGNING_KEY })(request);
    },
};
