import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fc } from '../../core/test/support/properties.js';
import * as node from '../src/hmac/node.js';
import * as portable from '../src/hmac/portable.js';
import {
    NangoWebhookError,
    parseWebhook,
    signWebhook,
    verifyIncomingWebhookRequest,
    verifyWebhookSignature,
    Webhooks,
} from '../src/index.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';

/** Values that break careless code: cycles, throwing getters and proxies, wrong realms, huge nesting. */
const hostile = fc.oneof(
    fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withNullPrototype: true,
    }),
    fc.uint8Array(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom<unknown>(
        (() => {
            const cycle: Record<string, unknown> = {};
            cycle.self = cycle;
            return cycle;
        })(),
        JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
        new Proxy(
            {},
            {
                ownKeys: () => {
                    throw new Error('ownKeys');
                },
                get: () => {
                    throw new Error('get');
                },
            },
        ),
        {
            get type() {
                throw new Error('getter');
            },
        },
        {
            toJSON: () => {
                throw new Error('toJSON');
            },
        },
        {
            'x-nango-hmac-sha256': {
                toString: () => {
                    throw new Error('toString');
                },
            },
        },
        [
            [
                {
                    toString: () => {
                        throw new Error('toString');
                    },
                },
                'a',
            ],
        ],
        [['a'], 1],
        Promise.resolve('late'),
        new ReadableStream(),
        Symbol('s'),
        () => {},
        new ArrayBuffer(3),
        structuredClone(new ArrayBuffer(3)),
        detached(),
    ),
);

function detached(): Uint8Array {
    const bytes = new Uint8Array(4);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
}

const headers = fc.oneof(
    hostile,
    fc.dictionary(
        fc.constantFrom('x-nango-hmac-sha256', 'X-Nango-Hmac-Sha256', 'a'),
        fc.oneof(fc.string(), fc.array(fc.anything()), fc.anything()),
    ),
    fc.array(fc.tuple(fc.string(), fc.anything())),
    fc.array(fc.oneof(fc.string(), fc.constant('x-nango-hmac-sha256'))),
);
const keys = fc.oneof(
    fc.constant({ signingKey }),
    fc.record({ signingKey: fc.anything(), signingKeys: fc.array(fc.anything()) }, { requiredKeys: [] }),
) as fc.Arbitrary<{ signingKey: string }>;

beforeEach(() => void vi.spyOn(process, 'emitWarning').mockImplementation(() => {}));

describe('whatever arrives', () => {
    it('verify… answers with a boolean and never throws', () => {
        const client = new Webhooks({ webhookSigningKey: signingKey });
        fc.assert(
            fc.property(hostile, headers, keys, (body, sent, key) => {
                expect(verifyIncomingWebhookRequest(body as string, sent as object as Headers, key)).toBe(false);
                expect(client.verifyIncomingWebhookRequest(body as string, sent as object as Headers)).toBe(false);
                expect(verifyWebhookSignature(sent, body, key)).toBe(false);
                expect(client.verifyWebhookSignature(body, sent)).toBe(false);
            }),
            { numRuns: 2_000 },
        );
    });

    it('parseWebhook throws nothing but NangoWebhookError', () => {
        fc.assert(
            fc.property(hostile, headers, keys, (body, sent, key) => {
                try {
                    parseWebhook(body as string, sent as object as Headers, key);
                    expect.unreachable();
                } catch (error) {
                    expect(NangoWebhookError.isInstance(error)).toBe(true);
                }
            }),
            { numRuns: 2_000 },
        );
    });

    it('any JSON that is signed is accepted, and parsed to an event of a known kind', () => {
        const kinds = ['auth', 'sync', 'async_action', 'forward', 'unknown'];
        const body = fc.oneof(
            fc.json(),
            fc
                .record(
                    {
                        type: fc.constantFrom('auth', 'sync', 'async_action', 'forward', 'new'),
                        from: fc.constantFrom('nango', 'github'),
                        connectionId: fc.oneof(fc.string(), fc.anything()),
                        providerConfigKey: fc.string(),
                        success: fc.boolean(),
                        operation: fc.string(),
                        syncName: fc.string(),
                        model: fc.string(),
                        checkpoints: fc.anything(),
                        responseResults: fc.anything(),
                        payload: fc.anything(),
                    },
                    { requiredKeys: ['type', 'from', 'connectionId', 'providerConfigKey'] },
                )
                .map((value) => JSON.stringify(value)),
        );
        const signingKeys = fc.string({ minLength: 1, unit: 'binary' }).filter((key) => key === key.trim());
        fc.assert(
            fc.property(body, signingKeys, (text, key) => {
                const signed = signWebhook(text, { signingKey: key });
                expect(verifyIncomingWebhookRequest(signed.body, signed.headers, { signingKey: key })).toBe(true);
                expect(kinds).toContain(parseWebhook(signed.body, signed.headers, { signingKey: key }).type);
            }),
            { numRuns: 1_000 },
        );
    });

    it('no changed byte of a body passes', () => {
        fc.assert(
            fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, change) => {
                const signed = signWebhook(bytes, { signingKey });
                const tampered = bytes.slice();
                const i = at % bytes.length;
                tampered[i] = (tampered[i] as number) ^ change;
                expect(verifyIncomingWebhookRequest(tampered, signed.headers, { signingKey })).toBe(false);
            }),
        );
    });

    it('the bundled hash gives what node:crypto gives', () => {
        fc.assert(
            fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (key, bytes) => {
                expect(portable.hmacSha256(key, bytes)).toBe(node.hmacSha256(key, bytes));
                expect(portable.sha256(bytes)).toBe(node.sha256(bytes));
            }),
        );
    });
});
