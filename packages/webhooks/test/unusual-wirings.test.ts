import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyIncomingWebhookRequest, type WebhookHeaders } from '../src/index.js';
import { createWebhookHandler } from '../src/node/index.js';
import { signWebhook } from '../src/sign-webhook.js';
import { deliver, type Listening, listen, signingKey } from './deliver.js';
import { syncBody } from './events.js';

let open: Listening | undefined;
afterEach(async () => {
    vi.restoreAllMocks();
    await open?.close();
    open = undefined;
});

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** What is answered when the handler is called in this way, how it ended, and what `onError` heard. */
async function wired(listener: (req: IncomingMessage, res: ServerResponse, handle: Handle) => Promise<unknown>) {
    const onError = vi.fn();
    const onSync = vi.fn();
    const handle = createWebhookHandler({ signingKey, onSync, onError });
    const ended: Promise<unknown>[] = [];
    open = await listen((req, res) => {
        ended.push(listener(req, res, handle as Handle));
    });
    const [first] = await deliver(open.url, syncBody);
    const outcomes = await Promise.allSettled(ended);
    return {
        status: first?.status,
        body: first?.body,
        rejected: outcomes.filter(({ status }) => status === 'rejected').length,
        handled: onSync.mock.calls.length,
        heard: [...new Set(onError.mock.calls.map(([error]) => error.reason))],
    };
}

describe('a handler on Node', () => {
    it.each<[string, (req: IncomingMessage) => unknown]>([
        ['was paused', (req) => req.pause()],
        ['was paused while it flowed', (req) => req.resume().pause()],
        ['gives text', (req) => req.setEncoding('utf8')],
    ])('reads a request that %s', async (_what, prepare) => {
        const result = await wired(async (req, res, handle) => {
            prepare(req);
            await handle(req, res);
        });
        expect(result).toMatchObject({ status: 200, handled: 1, heard: [] });
    });

    it('does not answer again where something else has answered, and does not reject', async () => {
        const early = await wired(async (req, res, handle) => {
            res.writeHead(503).end('too slow');
            await handle(req, res);
        });
        expect(early).toMatchObject({ status: 503, body: 'too slow', rejected: 0 });
    });

    it('called twice with one request, at once, answers once and does not reject', async () => {
        const result = await wired((req, res, handle) => Promise.all([handle(req, res), handle(req, res)]));
        expect(result).toMatchObject({ status: 200, rejected: 0, handled: 1 });
    });

    it('called with the request of Koa and the response of Node says what to pass', async () => {
        const result = await wired((req, res, handle) => handle({ method: req.method, headers: req.headers, req } as never, res));
        expect(result).toMatchObject({ status: 500, handled: 0, heard: ['not_a_request'] });
        expect(result.body).toContain('pass ctx.req and ctx.res');
    });

    it.each([
        ['raw, of every type', express.raw({ type: () => true })],
        ['raw, of another type', express.raw()],
        ['text', express.text({ type: () => true })],
        ['forms', express.urlencoded()],
    ])('behind a parser of Express for %s handles the delivery', async (_what, parser) => {
        const onSync = vi.fn();
        const app = express().use('/hooks', parser, createWebhookHandler({ signingKey, onSync }));
        open = await listen(app);
        expect((await deliver(`${open.url}/hooks/nango`, syncBody)).map(({ status }) => status)).toEqual([200]);
        expect(onSync).toHaveBeenCalledOnce();
    });
});

describe('verifyIncomingWebhookRequest', () => {
    const { body, headers } = signWebhook(syncBody, { signingKey });

    it('takes an object that has only get(), and null or undefined of it', () => {
        const values = new Headers(headers);
        const only = (get: (name: string) => unknown) => ({ get }) as WebhookHeaders;
        expect(
            verifyIncomingWebhookRequest(
                body,
                only((name) => values.get(name)),
                { signingKey },
            ),
        ).toBe(true);
        for (const nothing of [null, undefined, '', 5])
            expect(
                verifyIncomingWebhookRequest(
                    body,
                    only(() => nothing),
                    { signingKey },
                ),
            ).toBe(false);
        expect(verifyIncomingWebhookRequest(body, { ...headers, get: 'a header of this name' }, { signingKey })).toBe(true);
    });

    it.each<[string, unknown, unknown, object]>([
        ['no key is set', body, {}, {}],
        ['the key itself is given in place of an object', body, signingKey, {}],
        ['the body was read before', undefined, { signingKey }, { 'content-length': '9' }],
    ])('is false and says so once when %s', (_what, given, keys, more) => {
        const said = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        (globalThis as { [warned]?: Set<string> })[warned]?.clear();
        for (let i = 0; i < 3; i++)
            expect(verifyIncomingWebhookRequest(given as string, { ...headers, ...more }, keys as object)).toBe(false);
        expect(said).toHaveBeenCalledOnce();
    });

    it('is false without a word for what a stranger sends', () => {
        const said = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        (globalThis as { [warned]?: Set<string> })[warned]?.clear();
        expect(verifyIncomingWebhookRequest(body, {}, { signingKey })).toBe(false);
        expect(verifyIncomingWebhookRequest('{}', headers, { signingKey })).toBe(false);
        expect(said).not.toHaveBeenCalled();
    });
    const warned = Symbol.for('nango.webhooks.warned');
});
