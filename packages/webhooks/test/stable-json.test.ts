import stringify from 'fast-safe-stringify';
import { describe, expect, it, vi } from 'vitest';
import { signWebhook, verifyIncomingWebhookRequest, verifyWebhookSignature } from '../src/index.js';
import { stableBodies } from './stable-bodies.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';

describe('the text that Nango signs', () => {
    it.each(stableBodies)('of %s is what fast-safe-stringify writes', (_name, value, text) => {
        expect(stringify.stableStringify(value())).toBe(text);
    });

    it.each(stableBodies.filter(([, value]) => typeof value() === 'object'))(
        'of %s is what signWebhook writes',
        (_name, value, text) => {
            expect(signWebhook(value(), { signingKey }).body).toBe(text);
        },
    );

    it.each(stableBodies.filter(([, value]) => typeof value() === 'object'))(
        'of %s verifies when it was parsed',
        (_name, _value, text) => {
            vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
            const { headers } = signWebhook(text, { signingKey });
            // What toJSON made keeps its order in the text, which parsing can't show.
            const sorted = stringify.stableStringify(JSON.parse(text)) === text;
            expect(verifyIncomingWebhookRequest(JSON.parse(text), headers, { signingKey })).toBe(sorted);
            expect(verifyWebhookSignature(headers['x-nango-signature'], JSON.parse(text), { signingKey })).toBe(true);
        },
    );
});
