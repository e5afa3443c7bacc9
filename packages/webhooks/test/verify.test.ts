import { createHmac } from 'node:crypto';
import { Nango as VendorNango } from '@nangohq/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signWebhook, verifyIncomingWebhookRequest, verifyWebhookSignature, type WebhookHeaders } from '../src/index.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';
const payload = {
    type: 'auth',
    from: 'nango',
    connectionId: 'c1',
    nested: { b: 1, a: [1, { z: 'é', y: null }] },
    '10': 'ten',
    '9': 'nine',
};
const { body, headers } = signWebhook(payload, { signingKey });
const hmac = headers['x-nango-hmac-sha256'];
const bytes = new TextEncoder().encode(body);

const warned = Symbol.for('nango.webhooks.warned');
const forgetWarnings = () => (globalThis as { [warned]?: Set<string> })[warned]?.clear();

beforeEach(forgetWarnings);
afterEach(forgetWarnings);

describe('verifyIncomingWebhookRequest', () => {
    const forms: Record<string, WebhookHeaders> = {
        'plain object': { 'x-nango-hmac-sha256': hmac },
        'any case': { 'X-NANGO-hmac-SHA256': hmac },
        'upper-case hex': { 'x-nango-hmac-sha256': hmac.toUpperCase() },
        'values in arrays': { 'x-nango-hmac-sha256': [hmac] },
        Headers: new Headers({ 'X-Nango-Hmac-Sha256': hmac }),
        Map: new Map([['X-Nango-Hmac-Sha256', hmac]]),
        pairs: [
            ['Host', 'example.com'],
            ['X-Nango-Hmac-Sha256', hmac],
        ],
        'flat rawHeaders': ['Host', 'example.com', 'X-Nango-Hmac-Sha256', hmac],
        'no prototype': Object.assign(Object.create(null), { 'x-nango-hmac-sha256': hmac }),
    };
    it.each(Object.entries(forms))('reads headers as %s', (_name, form) => {
        expect(verifyIncomingWebhookRequest(body, form, { signingKey })).toBe(true);
        expect(verifyIncomingWebhookRequest(`${body} `, form, { signingKey })).toBe(false);
    });

    const offset = new Uint8Array(bytes.length + 10);
    offset.set(bytes, 5);
    const bodies = {
        string: body,
        Buffer: Buffer.from(body),
        Uint8Array: bytes,
        'a view into a larger buffer': offset.subarray(5, 5 + bytes.length),
        ArrayBuffer: bytes.buffer,
        DataView: new DataView(bytes.buffer),
    };
    it.each(Object.entries(bodies))('takes the body as %s', (_name, form) => {
        expect(verifyIncomingWebhookRequest(form, headers, { signingKey })).toBe(true);
    });

    it('serialises a parsed body again in the order of Nango, and warns once', () => {
        const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        for (let i = 0; i < 3; i++) expect(verifyIncomingWebhookRequest(JSON.parse(body), headers, { signingKey })).toBe(true);
        expect(verifyIncomingWebhookRequest({ ...payload, connectionId: 'c2' }, headers, { signingKey })).toBe(false);
        expect(emitted).toHaveBeenCalledTimes(1);
        expect(emitted.mock.calls[0]?.[0]).toContain('raw body');
    });

    it('serialises in the order of Nango whatever order the parsed body is in', () => {
        vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        const text = '{"9":"nine","10":"ten","a":{"b":[{"c":1,"d":2}],"é":null},"z":0}';
        const turned = { z: 0, a: { é: null, b: [{ d: 2, c: 1 }] }, '9': 'nine', '10': 'ten' };
        expect(signWebhook(turned, { signingKey }).body).toBe(text);
        expect(verifyIncomingWebhookRequest(turned, signWebhook(text, { signingKey }).headers, { signingKey })).toBe(true);
    });

    it('reads names and values of flat rawHeaders, and takes none for the other', () => {
        const flat = ['Via', 'x-nango-hmac-sha256', 'X-Nango-Hmac-Sha256', hmac];
        expect(verifyIncomingWebhookRequest(body, flat, { signingKey })).toBe(true);
        expect(verifyIncomingWebhookRequest(body, ['x-nango-hmac-sha256', 'y', hmac, 'y'], { signingKey })).toBe(false);
    });

    it('never checks with an empty key', () => {
        const forged = { 'x-nango-hmac-sha256': createHmac('sha256', '').update(body).digest('hex') };
        expect(verifyIncomingWebhookRequest(body, forged, { signingKey: '', signingKeys: ['', undefined] })).toBe(false);
    });

    it('refuses two different signatures, an empty one and the legacy header alone', () => {
        for (const bad of [
            { 'x-nango-hmac-sha256': [hmac, hmac] },
            { 'x-nango-hmac-sha256': hmac, 'X-Nango-Hmac-Sha256': 'f'.repeat(64) },
            { 'x-nango-hmac-sha256': '' },
            { 'x-nango-signature': headers['x-nango-signature'] },
            { 'x-nango-hmac-sha256': headers['x-nango-signature'] },
            {},
        ]) {
            expect(verifyIncomingWebhookRequest(body, bad, { signingKey })).toBe(false);
        }
    });

    it('accepts any of several keys, and nothing without a key', () => {
        expect(verifyIncomingWebhookRequest(body, headers, { signingKeys: ['old', signingKey] })).toBe(true);
        expect(verifyIncomingWebhookRequest(body, headers, { signingKey: 'new', signingKeys: [signingKey] })).toBe(true);
        expect(verifyIncomingWebhookRequest(body, headers, { signingKeys: ['old', 'new'] })).toBe(false);
        const unsigned = signWebhook(body, { signingKey: 'undefined' });
        for (const keys of [
            {},
            { signingKey: undefined },
            { signingKey: '' },
            { signingKeys: [] },
            { signingKeys: [undefined] },
        ]) {
            expect(verifyIncomingWebhookRequest(unsigned.body, unsigned.headers, keys)).toBe(false);
        }
    });
});

describe('verifyWebhookSignature', () => {
    const legacy = headers['x-nango-signature'];
    beforeEach(() => void vi.spyOn(process, 'emitWarning').mockImplementation(() => {}));

    it('checks the older signature of a parsed body', () => {
        expect(verifyWebhookSignature(legacy, JSON.parse(body), { signingKey })).toBe(true);
        expect(verifyWebhookSignature([legacy], JSON.parse(body), { signingKey })).toBe(true);
        expect(verifyWebhookSignature(legacy, { ...payload, connectionId: 'c2' }, { signingKey })).toBe(false);
        expect(verifyWebhookSignature(hmac, JSON.parse(body), { signingKey })).toBe(false);
        expect(verifyWebhookSignature(undefined, JSON.parse(body), { signingKey })).toBe(false);
        expect(verifyWebhookSignature(legacy, JSON.parse(body), {})).toBe(false);
        expect(verifyWebhookSignature([legacy, legacy], JSON.parse(body), { signingKey })).toBe(false);
    });

    it('is false, and throws nothing, for what no signature can fit', () => {
        const cycle: { self?: unknown } = {};
        cycle.self = cycle;
        expect(verifyWebhookSignature(legacy, cycle, { signingKey })).toBe(false);
        expect(verifyWebhookSignature(Symbol('x'), payload, { signingKey })).toBe(false);
    });

    it('says once that it is deprecated', () => {
        for (let i = 0; i < 3; i++) verifyWebhookSignature(legacy, payload, { signingKey });
        expect(process.emitWarning).toHaveBeenCalledTimes(1);
        expect(vi.mocked(process.emitWarning).mock.calls[0]).toEqual([
            expect.stringContaining('use verifyIncomingWebhookRequest() with the raw body'),
            'DeprecationWarning',
        ]);
    });
});

describe('beside the client of the vendor', () => {
    const vendor = new VendorNango({ apiKey: '7f3c1d52-6a3b-4a57-9d0e-b1a2c3d4e5f6', webhookSigningKey: signingKey });

    it('the vendor verifies what signWebhook signs', () => {
        expect(vendor.verifyIncomingWebhookRequest(body, headers)).toBe(true);
        // Its re-serialised form can't keep the order of integer-like keys: another payload.
        const plain = signWebhook({ type: 'auth', success: true, tags: { a: 'ü' } }, { signingKey });
        expect(vendor.verifyWebhookSignature(plain.headers['x-nango-signature'], JSON.parse(plain.body))).toBe(true);
    });

    it('both say the same of right, wrong and odd requests', () => {
        const flipped = hmac.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        const requests: [string, Record<string, unknown>][] = [
            [body, headers],
            [body, { 'X-Nango-HMAC-Sha256': hmac }],
            [body, { 'x-nango-hmac-sha256': hmac.toUpperCase() }],
            [body, { 'x-nango-hmac-sha256': flipped }],
            [body, { 'x-nango-hmac-sha256': hmac.slice(1) }],
            [body, { 'x-nango-hmac-sha256': `${hmac}0` }],
            [body, { 'x-nango-hmac-sha256': 'z'.repeat(64) }],
            [body, { 'x-nango-hmac-sha256': 1 }],
            [body, { 'x-nango-hmac-sha256': undefined }],
            [body, {}],
            [`${body}\n`, headers],
            ['', signWebhook('', { signingKey }).headers],
            ['\ud800 lone surrogate', signWebhook('\ud800 lone surrogate', { signingKey }).headers],
        ];
        for (const [text, sent] of requests) {
            expect(verifyIncomingWebhookRequest(text, sent, { signingKey })).toBe(
                vendor.verifyIncomingWebhookRequest(text, sent),
            );
        }
    });
});
