import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

/** What is used of an event of a function URL or of an HTTP API (payload format 2.0). */
interface HttpEvent {
    headers: Record<string, string>;
    body?: string;
    isBase64Encoded: boolean;
}

export async function handler({ headers, body = '', isBase64Encoded }: HttpEvent) {
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    const response = await handleWebhook(new Request('https://function/', { method: 'POST', headers, body: bytes }));
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
