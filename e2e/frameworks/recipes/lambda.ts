import { createWebhookHandler } from '@x/webhooks/fetch';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

/** What is used of an event of API Gateway (REST and HTTP APIs), of a function URL, and of a load balancer. */
interface HttpEvent {
    headers?: Record<string, string | undefined> | null;
    /** Of REST APIs, and of load balancers with multi-value headers, which have no `headers`. */
    multiValueHeaders?: Record<string, string[] | undefined> | null;
    body?: string | null;
    isBase64Encoded: boolean;
}

export async function handler({ headers, multiValueHeaders, body, isBase64Encoded }: HttpEvent) {
    const request = new Request('https://function/', {
        method: 'POST',
        headers: Object.fromEntries(
            Object.entries(multiValueHeaders ?? headers ?? {}).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    });
    const response = await handleWebhook(request);
    const answered = [...response.headers];
    return {
        statusCode: response.status,
        headers: Object.fromEntries(answered),
        // A load balancer with multi-value headers reads these alone.
        multiValueHeaders: Object.fromEntries(answered.map(([name, value]) => [name, [value]])),
        body: await response.text(),
        isBase64Encoded: false,
    };
}
