import { createWebhookHandler } from '@x/webhooks/fetch';

interface Env {
    NANGO_WEBHOOK_SIGNING_KEY: string;
    LEDGER_URL: string;
}

let handleWebhook: ((request: Request) => Promise<Response>) | undefined;

export default {
    fetch(request: Request, env: Env): Response | Promise<Response> {
        if (new URL(request.url).pathname !== '/webhooks/nango') return new Response('Not found', { status: 404 });
        // Made once for each isolate, at the first request, and kept: it remembers what it has handled.
        handleWebhook ??= createWebhookHandler({
            signingKey: env.NANGO_WEBHOOK_SIGNING_KEY,
            onSync: (event) => fetch(env.LEDGER_URL, { method: 'POST', body: JSON.stringify({ event }) }),
        });
        return handleWebhook(request);
    },
};
