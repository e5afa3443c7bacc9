import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

export async function nango(request: HttpRequest): Promise<HttpResponseInit> {
    const body = await request.arrayBuffer();
    const headers = Object.fromEntries(request.headers);
    const response = await handleWebhook(new Request(request.url, { method: request.method, headers, body }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

app.http('nango', { methods: ['POST'], authLevel: 'anonymous', route: 'webhooks/nango', handler: nango });
