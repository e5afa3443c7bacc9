import { parseWebhook } from '@x/webhooks';
import type { Tour } from '../tour.js';
import type { World } from '../world.js';

/** The deliveries that came, checked again by hand. */
export async function webhooksSection(tour: Tour, { nango, emulator, delivery }: World): Promise<void> {
    const here = { request: '(checked in process)', status: '' };
    tour.section('Webhooks');
    const auth = await tour.step(
        'createWebhookHandler({ … })',
        () => delivery('auth'),
        ({ status }) => `verified, confirmed, answered with ${status}`,
        ({ status }) => ({ request: 'POST /webhooks/nango', status: String(status) }),
    );
    await tour.step(
        'verifyIncomingWebhookRequest(…)',
        () => nango.verifyIncomingWebhookRequest(auth.body, auth.headers),
        (valid) => `${valid}`,
        here,
    );
    await tour.step(
        'verifyWebhookSignature(…)',
        () => nango.verifyWebhookSignature(auth.headers.get('x-nango-signature'), JSON.parse(auth.body)),
        (valid) => `${valid} (older form, still works)`,
        here,
    );
    await tour.step(
        'verifyIncomingWebhookRequest(forged)',
        () => nango.verifyIncomingWebhookRequest(auth.body.replace('ada', 'eve'), auth.headers),
        (valid) => `${valid}: one changed letter is enough`,
        here,
    );
    await tour.step(
        'parseWebhook(body, headers, …)',
        () => parseWebhook(auth.body, auth.headers, { signingKey: emulator.webhookSigningKey }),
        (event) => (event.type === 'auth' ? `a typed event: ${event.type} ${event.operation}` : event.type),
        here,
    );
}
