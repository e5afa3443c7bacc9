// A Worker: variables come with the first request.
import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.mjs';

let handleWebhook;

export default {
    fetch(request, env) {
        handleWebhook ??= createWebhookHandler(receiver(env));
        return handleWebhook(request);
    },
};
