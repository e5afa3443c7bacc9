import { inspect } from 'node:util';
import { Nango as VendorNango } from '@nangohq/node';
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { signWebhook, Webhooks } from '../src/index.js';

const client = Symbol.for('nango.client.v1');
const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';
const apiKey = '7f3c1d52-6a3b-4a57-9d0e-b1a2c3d4e5f6';
const payload = { success: true, type: 'auth' };
const signedWith = (key: string) => signWebhook(payload, { signingKey: key });

/** What the full client is: a class of its own that has the methods of this one and state under the symbol. */
function composed(settings: object): Webhooks {
    class Client {}
    for (const name of ['verifyIncomingWebhookRequest', 'verifyWebhookSignature'] as const) {
        Object.defineProperty(
            Client.prototype,
            name,
            Object.getOwnPropertyDescriptor(Webhooks.prototype, name) as PropertyDescriptor,
        );
    }
    return Object.defineProperty(new Client(), client, { value: () => ({ settings }) }) as Webhooks;
}

function verifies(webhooks: Webhooks, key: string): boolean[] {
    const { body, headers } = signedWith(key);
    return [
        webhooks.verifyIncomingWebhookRequest(body, headers),
        webhooks.verifyWebhookSignature(headers['x-nango-signature'], JSON.parse(body)),
    ];
}

beforeEach(() => void vi.spyOn(process, 'emitWarning').mockImplementation(() => {}));

describe('Webhooks', () => {
    it.each([
        ['the webhook signing key', { apiKey, webhookSigningKey: signingKey }, signingKey, true],
        ['the secret key, when there is no signing key', { apiKey: 'secret-1', secretKey: 'secret-1' }, 'secret-1', true],
        [
            'not the secret key, when there is a signing key',
            { apiKey, secretKey: apiKey, webhookSigningKey: signingKey },
            apiKey,
            false,
        ],
        ['never the API key', { apiKey }, apiKey, false],
        ['nothing, without a key', {}, '', false],
        ['nothing, with an empty signing key', { apiKey, secretKey: apiKey, webhookSigningKey: '' }, apiKey, false],
    ])('checks with %s', (_name, settings, key, expected) => {
        const keyToSign = key || 'undefined';
        expect(verifies(composed(settings), keyToSign)).toEqual([expected, expected]);
        const { webhookSigningKey, secretKey } = settings as { webhookSigningKey?: string; secretKey?: string };
        expect(verifies(new Webhooks({ webhookSigningKey, secretKey }), keyToSign)).toEqual([expected, expected]);
    });

    it('has no key rule of its own: the vendor says the same', () => {
        for (const options of [
            { apiKey },
            { secretKey: apiKey },
            { apiKey, webhookSigningKey: signingKey },
            { secretKey: apiKey, webhookSigningKey: signingKey },
        ]) {
            const vendor = new VendorNango(options as { apiKey: string });
            const ours = composed({ apiKey, ...options });
            for (const key of [apiKey, signingKey]) {
                const { body, headers } = signedWith(key);
                expect(ours.verifyIncomingWebhookRequest(body, headers)).toBe(vendor.verifyIncomingWebhookRequest(body, headers));
                const legacy = headers['x-nango-signature'];
                expect(ours.verifyWebhookSignature(legacy, payload)).toBe(vendor.verifyWebhookSignature(legacy, payload));
            }
        }
    });

    it('works behind a proxy, on a derived object, and shares the key of another client', () => {
        const full = composed({ apiKey, webhookSigningKey: signingKey });
        for (const same of [new Proxy(full, {}), Object.create(full) as Webhooks, new Webhooks(full)]) {
            expect(verifies(same, signingKey)).toEqual([true, true]);
        }
    });

    it('reads the key at each call, since it may be set after construction', () => {
        const settings = { apiKey, webhookSigningKey: 'old' };
        const full = composed(settings);
        settings.webhookSigningKey = signingKey;
        expect(verifies(full, signingKey)).toEqual([true, true]);
    });

    it('never throws, even cut off from its client', () => {
        const { verifyIncomingWebhookRequest, verifyWebhookSignature } = Webhooks.prototype;
        const { body, headers } = signedWith(signingKey);
        expect(verifyIncomingWebhookRequest.call(undefined as never, body, headers)).toBe(false);
        expect(verifyWebhookSignature.call({} as never, 'x', body)).toBe(false);
    });

    it('shows no key when printed', () => {
        const webhooks = new Webhooks({ webhookSigningKey: signingKey, secretKey: apiKey });
        const printed = [inspect(webhooks, { depth: 9, showHidden: true }), JSON.stringify(webhooks), String(webhooks)].join();
        expect(Object.keys(webhooks)).toEqual([]);
        expect(printed).not.toMatch(new RegExp(`${signingKey}|${apiKey}`));
    });

    it('takes what the vendor takes, by its types', () => {
        expectTypeOf<Webhooks['verifyIncomingWebhookRequest']>().toExtend<VendorNango['verifyIncomingWebhookRequest']>();
        expectTypeOf<Webhooks['verifyWebhookSignature']>().toExtend<VendorNango['verifyWebhookSignature']>();
    });
});
