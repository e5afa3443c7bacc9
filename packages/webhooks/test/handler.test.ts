import { createConnection } from 'node:net';
import type { Nango as VendorNango } from '@nangohq/node';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { eventually } from '../../core/test/support/eventually.js';
import { createWebhookHandler as createExpressHandler } from '../src/express/index.js';
import { confirmConnection, createWebhookHandler, type WebhookHandlerOptions } from '../src/fetch/index.js';
import { type AuthEvent, NangoWebhookError, type SignedWebhook, signWebhook } from '../src/index.js';
import { createWebhookHandler as createNodeHandler } from '../src/node/index.js';
import { type Attempt, deliver, type Listening, listen, post, signingKey } from './deliver.js';
import { actionBody, authBody, forwardBody, syncBody } from './events.js';

const open: Listening[] = [];
afterEach(async () => {
    await Promise.all(open.splice(0).map((listening) => listening.close()));
});

/** A real server with one of the handlers, by name. */
const servers = {
    async node(options: WebhookHandlerOptions<unknown>): Promise<string> {
        const listening = await listen(createNodeHandler(options));
        open.push(listening);
        return listening.url;
    },
    async fetch(options: WebhookHandlerOptions<unknown>): Promise<string> {
        const { getRequestListener } = await import('@hono/node-server');
        const listening = await listen(getRequestListener(createWebhookHandler(options)));
        open.push(listening);
        return listening.url;
    },
};

const json = { 'content-type': 'application/json' };
const signed = signWebhook(syncBody, { signingKey });
const errorOf = ({ body }: Attempt) => (JSON.parse(body) as { error: { code: string; message: string } }).error;
const codeOf = (attempt: Attempt) => errorOf(attempt).code;

it('is one function for Express and for Node', () => expect(createExpressHandler).toBe(createNodeHandler));

describe.each(Object.entries(servers))('a handler on %s', (_name, serve) => {
    it('hands every kind of event to its handler and answers 200', async () => {
        const seen: unknown[] = [];
        const note = (event: { type: string }) => seen.push(event.type);
        const url = await serve({
            signingKey,
            onAuth: note,
            onSync: note,
            onAsyncAction: note,
            onForward: note,
            onUnknown: note,
        });
        for (const body of [authBody, syncBody, actionBody, forwardBody, { new: 'kind' }]) {
            expect(await deliver(url, body)).toEqual([{ status: 200, body: '{"outcome":"handled"}' }]);
        }
        expect(seen).toEqual(['auth', 'sync', 'async_action', 'forward', 'unknown']);
    });

    it('answers 200 to what nobody handles, and remembers it', async () => {
        const url = await serve({ signingKey });
        expect(await deliver(url, { new: 'kind' })).toEqual([{ status: 200, body: '{"outcome":"ignored"}' }]);
        expect(await deliver(url, { new: 'kind' })).toEqual([{ status: 200, body: '{"outcome":"duplicate"}' }]);
    });

    const legacy = { ...json, 'x-nango-signature': signed.headers['x-nango-signature'] };
    const typed = (type: string) => ({ ...signed.headers, 'content-type': type });
    it.each<[string, number, string, RegExp, string | Uint8Array, Record<string, string>]>([
        ['no signature', 401, 'missing_header', /X-Nango-Hmac-Sha256/, signed.body, json],
        ['the legacy signature alone', 401, 'missing_header', /X-Nango-Signature alone is not enough/, signed.body, legacy],
        ['a changed body', 401, 'bad_signature', /does not match/, `${signed.body} `, signed.headers],
        ['another key', 401, 'bad_signature', /signing key/, signed.body, signWebhook(syncBody, { signingKey: 'other' }).headers],
        ['no JSON', 400, 'not_json', /not JSON/, '<a/>', signWebhook('<a/>', { signingKey }).headers],
        ['an empty body', 400, 'not_json', /not JSON/, '', signWebhook('', { signingKey }).headers],
        ['another content type', 415, 'wrong_content_type', /application\/json/, signed.body, typed('text/xml')],
        ['a longer content type', 415, 'wrong_content_type', /application\/json/, signed.body, typed('application/jsonp')],
        [
            'a content type inside another',
            415,
            'wrong_content_type',
            /application\/json/,
            signed.body,
            typed('x-application/json'),
        ],
    ])('refuses %s with %i', async (_case, status, code, words, body, headers) => {
        const onSync = vi.fn();
        const onError = vi.fn();
        const answer = await post(await serve({ signingKey, onSync, onUnknown: onSync, onError }), body, headers);
        expect([answer.status, codeOf(answer)]).toEqual([status, code]);
        expect(errorOf(answer).message).toMatch(words);
        expect(onSync).not.toHaveBeenCalled();
        expect(onError.mock.calls).toEqual([[expect.objectContaining({ reason: code }), undefined]]);
        expect(answer.body).not.toContain(signingKey);
    });

    it('refuses other methods with 405', async () => {
        const answer = await fetch(await serve({ signingKey }));
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
        expect(await answer.json()).toEqual({ error: { code: 'wrong_method', message: 'Webhooks are sent with POST.' } });
    });

    it('answers in JSON, and names the methods only where it refuses one', async () => {
        const answer = await fetch(await serve({ signingKey }), { method: 'POST', ...signed });
        expect([answer.headers.get('content-type'), answer.headers.get('allow')]).toEqual(['application/json', null]);
    });

    it('takes a content type with parameters, and none', async () => {
        const url = await serve({ signingKey });
        for (const type of ['application/json; charset=utf-8', 'application/json ; charset=utf-8', 'Application/JSON'])
            expect((await deliver(url, syncBody, { 'content-type': type }))[0]?.status).toBe(200);
        const { 'content-type': _, ...without } = signed.headers;
        expect((await post(url, signed.body, without)).status).toBe(200);
    });

    it('answers 500, and says so, when it has no key', async () => {
        const onError = vi.fn();
        const [answer] = await deliver(await serve({ signingKey: undefined, onError }), syncBody);
        expect([answer?.status, answer && codeOf(answer)]).toEqual([500, 'no_signing_key']);
        expect(answer && errorOf(answer).message).toMatch(/environment settings of Nango/);
        expect(onError).toHaveBeenCalled();
    });

    it('accepts either key during a rotation', async () => {
        const url = await serve({ signingKeys: ['the-new-key', signingKey] });
        expect((await deliver(url, syncBody))[0]?.status).toBe(200);
        const rotated = signWebhook(authBody, { signingKey: 'the-new-key' });
        expect((await post(url, rotated.body, rotated.headers)).status).toBe(200);
    });

    it('answers 500 when a handler throws, is tried again, and calls onError', async () => {
        const failure = new Error('database down');
        const onSync = vi.fn().mockRejectedValueOnce(failure).mockResolvedValueOnce(undefined);
        const onError = vi.fn();
        const attempts = await deliver(await serve({ signingKey, onSync, onError }), syncBody);
        expect(attempts.map(({ status }) => status)).toEqual([500, 200]);
        expect(errorOf(attempts[0] as Attempt).message).toBe('The receiver failed to handle the webhook.');
        expect(onError.mock.calls).toEqual([[failure, expect.objectContaining({ type: 'sync' })]]);
    });

    it('answers 500 even to a webhook error that the handler itself throws', async () => {
        const onSync = () => {
            throw new NangoWebhookError('bad_signature', 'of something else');
        };
        expect((await deliver(await serve({ signingKey, onSync, onError() {} }), syncBody)).map((a) => a.status)).toEqual([
            500, 500, 500,
        ]);
    });

    it('keeps its answer when onError fails', async () => {
        const onError = () => Promise.reject(new Error('logger down'));
        expect((await post(await serve({ signingKey, onError }), '{}', json)).status).toBe(401);
    });

    it('writes to the console what it could not handle, unless onError is given', async () => {
        const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
        const failure = new Error('x');
        const url = await serve({ signingKey, onSync: () => Promise.reject(failure) });
        await post(url, signed.body, signed.headers);
        expect(logged).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('webhook of Nango'), failure);
        await post(url, signed.body, json);
        expect(logged).toHaveBeenCalledTimes(1);
    });

    it('refuses with 413 a body that says it is too long, and one that turns out to be', async () => {
        const url = await serve({ signingKey, maxBodySize: 100 });
        const long = signWebhook({ text: 'x'.repeat(1_000_000) }, { signingKey });
        expect(errorOf(await post(url, long.body, long.headers))).toEqual({
            code: 'body_too_large',
            message: 'The body is longer than maxBodySize.',
        });
        expect((await postInChunks(url, long)).status).toBe(413);
        expect((await deliver(url, { a: 1 }))[0]?.status).toBe(200);
    });

    it('takes a body of exactly maxBodySize, in one piece and in many', async () => {
        const large = signWebhook({ text: 'ü'.repeat(500_000) }, { signingKey });
        const url = await serve({ signingKey, maxBodySize: Buffer.byteLength(large.body), dedupe: false });
        expect((await post(url, large.body, large.headers)).status).toBe(200);
        expect((await postInChunks(url, large)).status).toBe(200);
    });

    it('refuses with 408 a body that does not arrive in time', async () => {
        const url = new URL(await serve({ signingKey, bodyTimeout: 50 }));
        const head = Object.entries({ ...signed.headers, host: 'x', 'content-length': '100' }).map(([k, v]) => `${k}: ${v}\r\n`);
        const socket = createConnection(Number(url.port), url.hostname).setEncoding('utf8');
        socket.on('error', () => {});
        socket.write(`POST / HTTP/1.1\r\n${head.join('')}\r\n{"half`);
        const answer = await new Promise<string>((resolve) => socket.once('data', (text) => resolve(String(text))));
        socket.destroy();
        expect(answer).toMatch(/^HTTP\/1.1 408 /);
        expect(answer).toContain('"message":"The body did not arrive within bodyTimeout."');
    });

    it('hands over nothing of a body that broke off, and says so', async () => {
        const onError = vi.fn();
        const onUnknown = vi.fn();
        const url = new URL(await serve({ signingKey, onUnknown, onError }));
        const socket = createConnection(Number(url.port), url.hostname);
        const head = Object.entries({ ...signed.headers, host: 'x', 'content-length': '100' }).map(([k, v]) => `${k}: ${v}\r\n`);
        socket.write(`POST / HTTP/1.1\r\n${head.join('')}\r\n{"half`, () => setImmediate(() => socket.destroy()));
        await eventually(() => expect(onError).toHaveBeenCalledOnce());
        expect(onError.mock.calls[0]?.[0]).toMatchObject({
            reason: 'body_incomplete',
            message: 'The body broke off before its end.',
        });
        expect(onUnknown).not.toHaveBeenCalled();
    });

    it('does not read the body of a request without a signature', async () => {
        const url = new URL(await serve({ signingKey }));
        const socket = createConnection(Number(url.port), url.hostname).setEncoding('utf8');
        socket.on('error', () => {});
        socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n');
        const answer = await new Promise<string>((resolve) => socket.once('data', (text) => resolve(String(text))));
        socket.destroy();
        expect(answer).toMatch(/^HTTP\/1.1 401 /);
    });

    it('hands the headers of the provider to the handler', async () => {
        const seen: unknown[] = [];
        const url = await serve({
            signingKey,
            onForward: (_event, { header }) => seen.push(header('X-GitHub-Event'), header('none')),
        });
        await deliver(url, forwardBody, { 'x-github-event': 'push' });
        expect(seen).toEqual(['push', undefined]);
    });

    it('hands over a header that came twice as one, with a comma', async () => {
        const seen: unknown[] = [];
        const url = await serve({ signingKey, onSync: (_event, { header }) => seen.push(header('Set-Cookie')) });
        await post(url, signed.body, { ...signed.headers, 'set-cookie': ['a=1', 'b=2'] });
        expect(seen).toEqual(['a=1, b=2']);
    });

    describe('with confirm', () => {
        it('drops what is not confirmed, answers 200, and does not count it as handled', async () => {
            const confirm = vi
                .fn()
                .mockResolvedValueOnce(undefined)
                .mockResolvedValueOnce({ tags: { end_user_id: 'u1' } });
            const onAuth = vi.fn();
            const url = await serve({ signingKey, confirm, onAuth });
            expect(await deliver(url, authBody)).toEqual([{ status: 200, body: '{"outcome":"unconfirmed"}' }]);
            expect(onAuth).not.toHaveBeenCalled();
            expect(await deliver(url, authBody)).toEqual([{ status: 200, body: '{"outcome":"handled"}' }]);
            expect(onAuth.mock.calls[0]?.[1].confirmed).toEqual({ tags: { end_user_id: 'u1' } });
        });

        it('is tried again when it throws', async () => {
            const confirm = vi.fn().mockRejectedValueOnce(new Error('Nango is away')).mockResolvedValueOnce(true);
            const onAuth = vi.fn();
            const attempts = await deliver(await serve({ signingKey, confirm, onAuth, onError() {} }), authBody);
            expect(attempts.map(({ status }) => status)).toEqual([500, 200]);
            expect(onAuth).toHaveBeenCalledTimes(1);
        });

        it('is not asked about unknown events, nor about those that nobody handles', async () => {
            const confirm = vi.fn();
            const onUnknown = vi.fn();
            const url = await serve({ signingKey, confirm, onUnknown });
            await deliver(url, { raw: true });
            await deliver(url, authBody);
            expect([confirm.mock.calls.length, onUnknown.mock.calls.length]).toEqual([0, 1]);
        });
    });
});

/** A body without a content length, in the pieces that `fetch` makes. */
function postInChunks(url: string, { body, headers }: SignedWebhook): Promise<Response> {
    return fetch(url, { method: 'POST', headers, duplex: 'half', body: new Blob([body]).stream() } as RequestInit);
}

describe('confirmConnection', () => {
    const found = { connection_id: 'c1', provider_config_key: 'github', tags: {} };
    const event = authBody as AuthEvent;

    it('lists the one connection of the event, and gets none: getting would refresh it', async () => {
        const listConnections = vi.fn(async () => ({ connections: [found] }));
        expect(await confirmConnection({ listConnections })(event)).toBe(found);
        expect(listConnections.mock.calls).toEqual([
            [
                { connectionId: 'c1', integrationId: 'github' },
                { totalTimeout: 10_000, rateLimit: { maxWait: 0 } },
            ],
        ]);
    });

    it('takes no other connection, even from a client that lists more', async () => {
        const others = [
            { ...found, provider_config_key: 'slack' },
            { ...found, connection_id: 'c2' },
        ];
        expect(await confirmConnection({ listConnections: async () => ({ connections: others }) })(event)).toBeUndefined();
    });

    it.each([
        ['empty', ''],
        ['of 256 characters', 'x'.repeat(256)],
        ['that begins with a control character', '\nc1'],
        ['that ends with one', 'c1\0'],
        ['with half a character', 'c\ud8001'],
    ])('asks nothing about an id %s: the answer would be an error, and the delivery repeated', async (_case, id) => {
        const listConnections = vi.fn(async () => ({ connections: [found] }));
        const confirm = confirmConnection({ listConnections });
        expect(await confirm({ ...event, connectionId: id })).toBeUndefined();
        expect(await confirm({ ...event, providerConfigKey: id })).toBeUndefined();
        expect(listConnections).not.toHaveBeenCalled();
    });

    it('asks about an id of 255 characters', async () => {
        const long = { ...found, connection_id: 'x'.repeat(255) };
        const confirm = confirmConnection({ listConnections: async () => ({ connections: [long] }) });
        expect(await confirm({ ...event, connectionId: long.connection_id })).toBe(long);
    });
});

describe('types of a handler', () => {
    it('take the client of the vendor for confirmConnection', () => {
        const handler = (client: VendorNango) =>
            createWebhookHandler({
                signingKey,
                confirm: confirmConnection(client),
                onAuth: (_event, { confirmed }) => expectTypeOf(confirmed.tags).toEqualTypeOf<Record<string, string>>(),
            });
        expectTypeOf(handler).toBeFunction();
    });

    it('take the type of context.confirmed from confirm', () => {
        createWebhookHandler({
            signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
            confirm: async (event) => (event.connectionId === 'c1' ? { tags: { a: 'b' } } : undefined),
            onAuth: (event, { confirmed }) => {
                expectTypeOf(event).toEqualTypeOf<AuthEvent>();
                expectTypeOf(confirmed).toEqualTypeOf<{ tags: { a: string } }>();
            },
        });
        createWebhookHandler({ signingKey, onAuth: (_event, { confirmed }) => expectTypeOf(confirmed).toBeUndefined() });
        createWebhookHandler({
            signingKey,
            confirm: () => true as boolean,
            onSync: (_event, { confirmed }) => expectTypeOf(confirmed).toEqualTypeOf<true>(),
        });
    });
});
