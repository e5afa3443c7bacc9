import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

/** What is used of an event of a function URL or of an HTTP API: of `APIGatewayProxyEventV2`, if you have `@types/aws-lambda`. */
interface HttpEvent {
    headers: Record<string, string | undefined>;
    body?: string | undefined;
    isBase64Encoded: boolean;
}

export async function handler({ headers, body = '', isBase64Encoded }: HttpEvent) {
    const request = new Request('https://function/', {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    });
    const response = await handleWebhook(request);
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
