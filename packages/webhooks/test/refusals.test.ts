import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebhookHandler, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { type NangoWebhookErrorReason, parseWebhook, signWebhook, verifyIncomingWebhookRequest } from '../src/index.js';
import { createWebhookHandler as createNodeHandler } from '../src/node/index.js';
import { signingKey } from './deliver.js';
import { authBody, syncBody } from './events.js';

beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
});

const warnings = () => vi.mocked(console.warn).mock.calls.map(([text]) => String(text));
const request = (body: unknown, { key = signingKey, headers = {} }: { key?: string; headers?: object } = {}) => {
    const signed = signWebhook(body, { signingKey: key });
    return new Request('http://localhost/', { method: 'POST', body: signed.body, headers: { ...signed.headers, ...headers } });
};

async function answer(options: WebhookHandlerOptions<unknown>, sent: Request): Promise<unknown[]> {
    const response = await createWebhookHandler(options)(sent);
    const { error, outcome } = (await response.json()) as { error?: { code: string }; outcome?: string };
    return [response.status, error?.code ?? outcome];
}

describe('a refusal, without onError', () => {
    it('is written once a minute for each reason, and the next time with how many were left out', async () => {
        const handle = createWebhookHandler({ signingKey });
        const wrong = () => handle(request(syncBody, { key: 'the-api-key' }));
        for (let i = 0; i < 4; i++) await wrong();
        await handle(new Request('http://localhost/', { method: 'POST' }));
        expect(warnings().map((text) => text.split(':')[0])).toEqual([
            '@x/webhooks, bad_signature',
            '@x/webhooks, missing_header',
        ]);
        vi.setSystemTime(Date.now() + 59_999);
        await wrong();
        expect(warnings()).toHaveLength(2);
        vi.setSystemTime(Date.now() + 1);
        await wrong();
        await wrong();
        expect(warnings()).toHaveLength(3);
        expect(warnings()[2]).toMatch(/bad_signature.*And 4 more since the last warning\.$/);
        vi.setSystemTime(Date.now() + 60_000);
        await wrong();
        expect(warnings()[3]).toMatch(/And 1 more since/);
        expect(console.error).not.toHaveBeenCalled();
    });

    it.each<[NangoWebhookErrorReason, RegExp, WebhookHandlerOptions<unknown>, () => Request]>([
        ['bad_signature', /API key.*white space/, { signingKey }, () => request(syncBody, { key: 'the-api-key' })],
        ['no_signing_key', /environment settings/, {}, () => request(syncBody)],
        [
            'body_consumed',
            /c\.req\.json\(\)/,
            { signingKey },
            () => request('', { key: 'x', headers: { 'content-length': '300' } }),
        ],
        [
            'unconfirmed',
            /API key of another environment/,
            { signingKey, confirm: () => undefined, onAuth() {} },
            () => request(authBody),
        ],
    ])('with the reason %s names the usual cause', async (reason, cause, options, sent) => {
        await answer(options, sent());
        expect(warnings()).toEqual([expect.stringMatching(new RegExp(`${reason}: .*${cause.source}`, 's'))]);
        expect(warnings().join()).not.toContain(signingKey);
    });

    it('is not written when the sender broke off: nothing here can be changed', async () => {
        const body = new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode('{"half')),
            pull: (controller) => controller.error(new Error('reset')),
        });
        const { headers } = signWebhook(syncBody, { signingKey });
        const sent = new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
        expect(await answer({ signingKey }, sent)).toEqual([400, 'body_incomplete']);
        expect(console.warn).not.toHaveBeenCalled();
    });

    it('is heard by onError alone, each time, when there is one', async () => {
        const onError = vi.fn();
        const handle = createWebhookHandler({ signingKey, onError });
        for (let i = 0; i < 3; i++) await handle(request(syncBody, { key: 'x' }));
        expect(onError.mock.calls.map(([error]) => error.reason)).toEqual(Array(3).fill('bad_signature'));
        expect(console.warn).not.toHaveBeenCalled();
    });

    it('does not wait for an onError that hangs longer than a second', async () => {
        vi.useFakeTimers();
        const answered = answer({ signingKey, onError: () => new Promise(() => {}) }, request(syncBody, { key: 'x' }));
        await vi.advanceTimersByTimeAsync(1_000);
        expect(await answered).toEqual([401, 'bad_signature']);
    });
});

describe('an event that is not confirmed', () => {
    it('is answered with 200, and heard', async () => {
        const onError = vi.fn();
        expect(await answer({ signingKey, confirm: () => false, onAuth() {}, onError }, request(authBody))).toEqual([
            200,
            'unconfirmed',
        ]);
        expect(onError.mock.calls).toEqual([
            [expect.objectContaining({ reason: 'unconfirmed' }), expect.objectContaining({ type: 'auth' })],
        ]);
    });
});

describe('a body that can not be verified', () => {
    const read = async (sent: Request) => {
        await sent.json();
        return sent;
    };
    const locked = (sent: Request) => {
        sent.body?.getReader();
        return sent;
    };
    it.each<[string, number, string, () => Request | Promise<Request>]>([
        ['was read', 500, 'body_consumed', () => read(request(syncBody))],
        ['is being read', 500, 'body_consumed', () => locked(request(syncBody))],
        [
            'is gone, though its length was sent',
            500,
            'body_consumed',
            () => request('', { key: 'x', headers: { 'content-length': '9' } }),
        ],
        [
            'is gone, though sent in chunks',
            500,
            'body_consumed',
            () => request('', { key: 'x', headers: { 'transfer-encoding': 'chunked' } }),
        ],
        [
            'has another length than was sent',
            500,
            'body_consumed',
            () => request('{"a":1}', { key: 'x', headers: { 'content-length': '8' } }),
        ],
        ['was never there', 400, 'missing_body', () => request('', { key: 'x', headers: { 'content-length': '0' } })],
        ['is wrong', 401, 'bad_signature', () => request('{"a":1}', { key: 'x', headers: { 'content-length': '7' } })],
    ])('because it %s: %i', async (_what, status, code, sent) => {
        expect(await answer({ signingKey, onError() {} }, await sent())).toEqual([status, code]);
    });

    it('is distinguished by parseWebhook too', () => {
        const { headers } = signWebhook('{"b":1, "a":2}', { signingKey });
        const reason = (body: unknown, more: object) => {
            try {
                parseWebhook(body as string, { ...headers, ...more }, { signingKey });
            } catch (error) {
                return (error as { reason: string }).reason;
            }
        };
        const length = { 'content-length': '14' };
        expect([reason(undefined, length), reason(Promise.resolve(''), length), reason({ b: 1, a: 2 }, length)]).toEqual(
            Array(3).fill('body_consumed'),
        );
        expect([reason(undefined, {}), reason({ b: 1, a: 2 }, {})]).toEqual(['missing_body', 'bad_signature']);
        expect(reason('{"b":1,"a":2} ', length)).toBe('bad_signature');
    });
});

describe('a signing key', () => {
    const forged = signWebhook(syncBody, { signingKey: '5' });

    it.each([
        ['white space before it', { signingKey: ` ${signingKey}` }],
        ['a line break after it', { signingKey: `${signingKey}\n` }],
        ['nothing but white space', { signingKey: '\t' }],
        ['a list that is text', { signingKeys: signingKey as never }],
        ['a list that is one object', { signingKeys: { 0: signingKey } as never }],
        ['white space in a list', { signingKeys: [signingKey, 'old '] }],
        ['a number', { signingKey: 5 as never }],
        ['a list in place of a key', { signingKey: [signingKey] as never }],
    ])('that has or is %s is refused, without being repeated', (_what, keys) => {
        for (const create of [createWebhookHandler, createNodeHandler]) {
            expect(() => create(keys)).toThrow(expect.objectContaining({ reason: 'bad_signing_key' }));
            expect(() => create(keys)).not.toThrow(signingKey);
        }
        expect(() => parseWebhook(forged.body, forged.headers, keys)).toThrow(
            expect.objectContaining({ reason: 'bad_signing_key' }),
        );
        const said = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        (globalThis as { [warned]?: Set<string> })[warned]?.clear();
        expect(verifyIncomingWebhookRequest(forged.body, forged.headers, keys)).toBe(false);
        expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('@x/webhooks'), 'Warning');
    });
    const warned = Symbol.for('nango.webhooks.warned');
});

describe('createWebhookHandler', () => {
    it.each([undefined, null, 'key'])('called with %s says what it needs', (options) => {
        for (const create of [createWebhookHandler, createNodeHandler])
            expect(() => create(options as never)).toThrow('createWebhookHandler needs options: { signingKey');
    });

    it('names an option that it does not have, and the one that was meant', () => {
        expect(() => createWebhookHandler({ signingKey, onsync() {} } as never)).toThrow(/no option onsync: did you mean onSync/);
        class Receiver {
            signingKey = signingKey;
            database = {};
        }
        expect(createWebhookHandler(new Receiver())).toBeTypeOf('function');
    });
});
