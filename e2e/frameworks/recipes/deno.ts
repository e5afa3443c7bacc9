import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.ts';

export const handleWebhook = createWebhookHandler(receiver);

export default {
    fetch(request: Request): Response | Promise<Response> {
        const { pathname } = new URL(request.url);
        return pathname === '/webhooks/nango' ? handleWebhook(request) : new Response('Not found', { status: 404 });
    },
};
