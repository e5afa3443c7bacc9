import { expect, it } from 'vitest';
import { keepRawBody } from '../src/express/index.js';
import { signWebhook } from '../src/index.js';

const body = Buffer.from('{}');

it('keeps the bytes of a webhook, and of no other request', () => {
    const { headers } = signWebhook(body, { signingKey: 'k' });
    const webhook: { headers: object; rawBody?: unknown } = { headers };
    const other: typeof webhook = { headers: { 'content-type': 'application/json' } };
    for (const request of [webhook, other]) keepRawBody(request as never, undefined, body);
    expect(webhook.rawBody).toBe(body);
    expect(other).not.toHaveProperty('rawBody');
});
