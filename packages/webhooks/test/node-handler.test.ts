import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signWebhook } from '../src/index.js';
import { createWebhookHandler, type NodeRequest, type NodeResponse } from '../src/node/index.js';
import { type Listening, listen, post, signingKey } from './deliver.js';
import { syncBody } from './events.js';

let open: Listening | undefined;
afterEach(async () => {
    vi.useRealTimers();
    await open?.close();
    open = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
    open = await listen(listener);
    return open.url;
}

/** In another order than sorted: written again, it would not fit its signature. */
const text = JSON.stringify({ ...syncBody, model: 'Übung' });
const signed = signWebhook(text, { signingKey });

describe('takes the body from', () => {
    const listener =
        (prepare: (req: IncomingMessage & { rawBody?: unknown; body?: unknown }) => unknown): RequestListener =>
        async (req, res) => {
            await prepare(req);
            await handle(req, res);
        };
    const handle = createWebhookHandler({ signingKey, dedupe: false, bodyTimeout: 500 });
    const reason = (body: string) => JSON.parse(body).error?.code;

    it('the raw bytes that something kept, whatever a parser made of them', async () => {
        const url = await serve(
            listener(async (req) => {
                req.rawBody = await buffer(req);
                req.body = { model: 'of the parser' };
            }),
        );
        expect((await post(url, text, signed.headers)).status).toBe(200);
    });

    it('the stream, when nothing read it and a parser left an empty object', async () => {
        const url = await serve(listener((req) => Object.assign(req, { body: {} })));
        expect((await post(url, text, signed.headers)).status).toBe(200);
    });

    it('the stream, when it gives text', async () => {
        const url = await serve(listener((req) => req.setEncoding('utf8')));
        expect((await post(url, text, signed.headers)).status).toBe(200);
    });

    it('what a parser made of it, when that is all that is left, with a warning', async () => {
        const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
        const url = await serve(
            listener(async (req) => {
                req.body = JSON.parse(String(await buffer(req)));
            }),
        );
        const { body, headers } = signWebhook(syncBody, { signingKey });
        expect((await post(url, body, headers)).status).toBe(200);
        expect(warned.mock.calls.map(([message]) => message)).toEqual([expect.stringContaining('raw body')]);
        const { status, body: refused } = await post(url, text, signed.headers);
        expect([status, reason(refused)]).toEqual([500, 'body_consumed']);
    });

    it('nowhere, when something read it and kept nothing: 500, without waiting, so that Nango sends it again', async () => {
        const url = await serve(listener((req) => buffer(req)));
        const { status, body } = await post(url, text, signed.headers);
        expect([status, reason(body)]).toEqual([500, 'body_consumed']);
    });

    it('kept bytes of at most maxBodySize', async () => {
        const limited = createWebhookHandler({ signingKey, dedupe: false, maxBodySize: Buffer.byteLength(text) });
        const url = await serve(async (req, res) => {
            Object.assign(req, { rawBody: await buffer(req) });
            await limited(req, res);
        });
        const send = async (body: string) => {
            const { headers } = signWebhook(body, { signingKey });
            return (await fetch(url, { method: 'POST', headers, duplex: 'half', body: new Blob([body]).stream() } as RequestInit))
                .status;
        };
        expect([await send(text), await send(`${text} `)]).toEqual([200, 413]);
    });
});

/** A response that only notes what is answered. */
function note(): NodeResponse & { answered: string } {
    return {
        statusCode: 0,
        answered: '',
        setHeader() {},
        end(body) {
            this.answered = body;
        },
    };
}

it('touches no stream where a serverless function has the bytes', async () => {
    const touched = vi.fn();
    const request = { method: 'POST', headers: signed.headers, rawBody: text, on: touched, resume: touched, destroy: touched };
    const response = note();
    await createWebhookHandler({ signingKey })(request as NodeRequest, response);
    expect([response.statusCode, response.answered]).toEqual([200, '{"outcome":"ignored"}']);
    expect(touched).not.toHaveBeenCalled();
});

it('a stream that is closed before its end, without an error, is a body that broke off', async () => {
    const request = Object.assign(new PassThrough(), { method: 'POST', headers: signed.headers, complete: true });
    const response = note();
    const answered = createWebhookHandler({ signingKey, onError() {} })(request, response);
    request.write(text.slice(0, 5));
    request.destroy();
    await answered;
    expect([response.statusCode, response.answered]).toEqual([400, expect.stringContaining('broke off')]);
});

it('an error of the stream after the answer harms nobody', async () => {
    const request = Object.assign(new PassThrough(), { method: 'POST', headers: signed.headers, complete: true });
    const response = note();
    const answered = createWebhookHandler({ signingKey, maxBodySize: 5, onError() {} })(request, response);
    request.write(text);
    await answered;
    expect(response.statusCode).toBe(413);
    const closed = new Promise((resolve) => request.on('close', resolve));
    request.destroy(new Error('connection reset'));
    await closed;
});

describe('a sender that is still sending after the answer', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

    /** Sends the head of a request that is refused by its head, and a part of its body. */
    async function refused(): Promise<{ socket: Socket; req: IncomingMessage }> {
        const handle = createWebhookHandler({ signingKey });
        const seen: IncomingMessage[] = [];
        const { port } = new URL(
            await serve((req, res) => {
                seen.push(req);
                void handle(req, res);
            }),
        );
        const socket = createConnection(Number(port), '127.0.0.1').setEncoding('utf8');
        socket.on('error', () => {});
        const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n';
        socket.write(`${head}12345`);
        expect((await once(socket, 'data'))[0]).toMatch(/^HTTP\/1.1 401 /);
        return { socket, req: seen[0] as IncomingMessage };
    }

    it('is cut off after a second, and not before', async () => {
        const { socket, req } = await refused();
        await vi.advanceTimersByTimeAsync(999);
        expect(vi.getTimerCount()).toBe(1);
        expect(socket.destroyed).toBe(false);
        const closed = once(socket, 'close');
        await vi.advanceTimersByTimeAsync(1);
        expect(req.destroyed).toBe(true);
        await closed;
    });

    it('keeps its connection when it ends in time, and leaves no timer behind', async () => {
        const { socket, req } = await refused();
        const closed = once(req, 'close');
        socket.write('67890');
        await closed;
        expect(vi.getTimerCount()).toBe(0);
        socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
        expect((await once(socket, 'data'))[0]).toMatch(/^HTTP\/1.1 405 /);
        socket.destroy();
    });
});

it('a delivery leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const url = await serve(createWebhookHandler({ signingKey }));
    expect((await post(url, text, signed.headers)).status).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
});
