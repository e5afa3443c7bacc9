import { createWebhookHandler } from '@x/webhooks/fetch';
import app from '../recipes/deno.ts';
import { receiver } from '../recipes/receiver.ts';

declare const Deno: any;

const wrong = createWebhookHandler(receiver);
Deno.serve({ port: Number(process.env.PORT), hostname: '127.0.0.1' }, async (request: Request) => {
    if (new URL(request.url).pathname !== '/wrong') return app.fetch(request);
    await request.json();
    return wrong(request);
});
