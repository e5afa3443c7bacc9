import { NangoWebhookError, parseWebhook } from '@x/webhooks';

export async function receive(request: Request): Promise<Response> {
    try {
        const event = parseWebhook(await request.text(), request.headers, {
            signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
        });
        if (event.type === 'sync' && event.outcome === 'failed') console.warn(`${event.syncName}: ${event.error.description}`);
        return new Response(null, { status: 200 });
    } catch (error) {
        if (!NangoWebhookError.isInstance(error)) throw error;
        // `reason` for code, `message` for people: it names the usual cause.
        console.warn(error.reason, error.message);
        return new Response(null, { status: error.reason === 'not_json' ? 400 : 401 });
    }
}
