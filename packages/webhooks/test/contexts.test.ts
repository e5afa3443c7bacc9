import { createServer } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWebhookHandler } from '../src/fetch/index.js';
import { signWebhook } from '../src/index.js';
import { createWebhookHandler as createNodeHandler } from '../src/node/index.js';
import { deliver, type Listening, listen, signingKey } from './deliver.js';
import { syncBody } from './events.js';

let open: Listening | undefined;
afterEach(async () => {
    await open?.close();
    open = undefined;
});

const webRequest = new Request('http://localhost/', { method: 'POST', ...signWebhook(syncBody, { signingKey }) });
const nodeRequest = { method: 'POST', headers: {}, on() {}, resume() {}, destroy() {} };

describe('a handler of requests that is given something else', () => {
    it.each<[string, unknown, RegExp]>([
        ['the context of Hono', { req: { raw: webRequest, method: 'POST' }, env: {} }, /pass c\.req\.raw/],
        ['c.req of Hono', { raw: webRequest, method: 'POST' }, /pass c\.req\.raw/],
        ['the event of SvelteKit, Astro, Elysia or React Router', { request: webRequest, params: {} }, /pass event\.request/],
        ['the event of h3', { req: webRequest }, /pass event\.req/],
        ['a request of Node', nodeRequest, /x\/webhooks\/node pass req and res/],
        ['the context of Koa', { request: {}, req: nodeRequest, res: {} }, /x\/webhooks\/node pass ctx\.req and ctx\.res/],
        ['the request of Fastify', { raw: nodeRequest, body: {} }, /request\.raw and reply\.raw/],
        ['the event of h3 1', { node: { req: nodeRequest } }, /event\.node\.req/],
        ['the event of a Lambda', { headers: {}, body: '{}', requestContext: {} }, /Make a Request of it/],
        ['nothing', undefined, /Make a Request of it/],
    ])('answers 500 to %s, and says what to pass', async (_what, context, advice) => {
        const onError = vi.fn();
        const response = await createWebhookHandler({ signingKey, onError })(context as Request);
        expect(response.status).toBe(500);
        const { error } = (await response.json()) as { error: { code: string; message: string } };
        expect(error).toEqual({ code: 'not_a_request', message: expect.stringMatching(advice) });
        expect(onError).toHaveBeenCalledOnce();
    });
});

describe('a handler of Node’s requests that is given something else', () => {
    const response = { statusCode: 0, setHeader() {}, end() {} };
    it.each<[string, unknown[], RegExp]>([
        [
            'the context of Koa and next',
            [{ headers: {}, req: nodeRequest, res: response }, () => {}],
            /pass ctx\.req and ctx\.res/,
        ],
        [
            'request and reply of Fastify',
            [{ headers: {}, raw: nodeRequest }, { raw: response }],
            /pass request\.raw and reply\.raw/,
        ],
        ['the event of h3', [{ node: { req: nodeRequest, res: response } }], /pass event\.node\.req and event\.node\.res/],
        ['a Request', [webRequest, { params: {} }], /x\/webhooks\/fetch pass the request/],
        ['an event of Lambda', [{ headers: {} }, {}], /Make a Request of it/],
        ['nothing', [], /Make a Request of it/],
    ])('rejects %s, and says what to pass', async (_what, args, advice) => {
        const onError = vi.fn();
        const handle = createNodeHandler({ signingKey, onError });
        const calling = (handle as (...args: unknown[]) => Promise<void>)(...args);
        await expect(calling).rejects.toMatchObject({ reason: 'not_a_request', message: expect.stringMatching(advice) });
        expect(onError).toHaveBeenCalledOnce();
    });
});

describe('a body that something else read', () => {
    it.each([
        ['Express', { app: {} }, /keepRawBody/],
        ['Next.js', { query: {}, cookies: {} }, /bodyParser: false/],
        ['anything else', {}, /Fastify.*Koa/],
    ])('is answered with what to do in %s', async (_framework, members, advice) => {
        const handle = createNodeHandler({ signingKey, onError() {} });
        const server = createServer(async (req, res) => {
            for await (const _ of req);
            await handle(Object.assign(req, members), res);
        });
        open = await listen(server.listeners('request')[0] as never);
        const answers = await deliver(open.url, syncBody);
        expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
        expect(answers[0]?.body).toMatch(advice);
    });
});
