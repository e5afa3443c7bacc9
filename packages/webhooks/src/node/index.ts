import { bodyCollector } from '../handler/body-collector.js';
import { notARequest } from '../handler/not-a-request.js';
import type { ConfirmableEvent, ConfirmedConnection, ConfirmedTypes, WebhookHandlerOptions } from '../handler/options.js';
import { type Answer, type BodyLimits, brokeOff, createReceiver, tooLarge, tooSlow } from '../handler/receiver.js';
import { headerValue } from '../header-value.js';
import { type ReceivedBody, receivedBody, utf8 } from '../raw-body.js';

export { type ConfirmConnection, type ConnectionLister, confirmConnection } from '../handler/confirm-connection.js';
export { type DedupeStore, memoryDedupeStore } from '../handler/dedupe-store.js';
export type {
    ConfirmableEvent,
    ConfirmedConnection,
    ConfirmedTypes,
    Confirms,
    WebhookContext,
    WebhookHandlerOptions,
} from '../handler/options.js';

/** What is used of Node's `IncomingMessage`, and of what frameworks add to it. */
export interface NodeRequest {
    readonly method?: string | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    /** The bytes, if a framework or a body parser kept them. */
    readonly rawBody?: unknown;
    /** What a body parser made of the body. */
    readonly body?: unknown;
    readonly readableDidRead?: boolean;
    readonly complete?: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: the listener type of Node's event emitters
    on(event: string, listener: (...args: any[]) => void): unknown;
    resume(): unknown;
    destroy(): unknown;
}

/** What is used of Node's `ServerResponse`. */
export interface NodeResponse {
    statusCode: number;
    readonly headersSent?: boolean;
    setHeader(name: string, value: string): unknown;
    end(body: string): unknown;
}

/** For a sender that is still sending after the answer: long enough to read it, short enough to be no load. */
const lingering = 1_000;

/** What usually reads the body first, by a member of the request that shows the framework. */
const advices: readonly (readonly [string, string])[] = [
    ['app', 'Put the webhook before express.json(), or give that verify: keepRawBody (NestJS: rawBody: true).'],
    ['query', 'Next.js and Vercel: export const config = { api: { bodyParser: false } }.'],
    ['headers', 'Fastify: add a content type parser that reads nothing; Koa: set req.rawBody to ctx.request.rawBody.'],
];

/**
 * Receives webhooks on Node's own HTTP server, and on what is built on it: Fastify, Koa, Next.js Pages Router (`bodyParser: false`),
 * serverless functions with a `rawBody`.
 *
 * Answers as the handler of `@x/webhooks/fetch` does. Make one handler and keep it: it remembers what it has handled.
 *
 * @typeParam T Types of your integrations, as `@x/typegen` writes them. With them `confirmed` is what `confirmConnection` finds; where your own
 * `confirm` returns something else, its type is the second type argument.
 * @throws {TypeError} For options that are none or have an unknown name.
 * @throws {NangoWebhookError} For a signing key that can't be right; from the handler, when it is given no response to answer with.
 *
 * @example
 * ```ts
 * createServer(createWebhookHandler({ signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY, onSync })).listen(8080);
 * ```
 */
export function createWebhookHandler<
    // biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
    T = any,
    Confirmed = unknown extends T ? undefined : ConfirmedConnection<T> | undefined,
    Types extends ConfirmableEvent['type'] = ConfirmedTypes<T, Confirmed>,
>(options: WebhookHandlerOptions<Confirmed, Types, T>): (req: NodeRequest, res: NodeResponse) => Promise<void> {
    const receive = createReceiver(options);
    return async (req, res) => {
        if (typeof req?.headers !== 'object' || typeof res?.setHeader !== 'function' || typeof res.end !== 'function') {
            const error = notARequest(req);
            await receive(error);
            throw error;
        }
        const advice = advices.find(([member]) => member in req)?.[1] as string;
        const answer = await receive({
            method: req.method,
            header: (name) => headerValue(req.headers, name),
            read: (limits) => readBody(req, limits),
            advice,
        });
        send(req, res, answer);
    };
}

function send(req: NodeRequest, res: NodeResponse, { status, headers, body }: Answer): void {
    // Another part of the app answered, a time limit for one: a second answer would throw, which ends the process where nothing catches it.
    if (!res.headersSent) {
        res.statusCode = status;
        for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
        res.end(body);
    }
    if (req.complete !== false) return;
    // Closing at once would reset the connection and lose the answer on its way.
    req.resume();
    const timer = setTimeout(() => req.destroy(), lingering);
    req.on('close', () => clearTimeout(timer));
}

/** Raw bytes that were kept, else the stream, else what a parser left. */
async function readBody(req: NodeRequest, limits: BodyLimits): Promise<ReceivedBody> {
    // Some parsers leave an empty object as `body` when they did not read: an unread stream comes first.
    const kept = req.rawBody ?? (req.readableDidRead === false ? undefined : req.body);
    if (kept === undefined) return { bytes: req.readableDidRead === true ? undefined : await readStream(req, limits) };
    const body = receivedBody(kept);
    if (!body.parsed && body.bytes && body.bytes.byteLength > limits.maxBodySize) throw tooLarge();
    return body;
}

function readStream(req: NodeRequest, { maxBodySize, bodyTimeout }: BodyLimits): Promise<Uint8Array> {
    // A framework's own request, with Node's response beside it.
    if (typeof req.on !== 'function') return Promise.reject(notARequest(req));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const body = new Promise<Uint8Array>((resolve, reject) => {
        const collected = bodyCollector(maxBodySize);
        timer = setTimeout(() => reject(tooSlow()), bodyTimeout);
        req.on('data', (chunk: Uint8Array | string) => {
            try {
                collected.add(typeof chunk === 'string' ? utf8(chunk) : chunk);
            } catch (error) {
                reject(error);
            }
        });
        req.on('end', () => resolve(collected.bytes()));
        const onBroken = () => reject(brokeOff());
        req.on('close', onBroken);
        // Kept to the end: an error that comes after the answer would end the process if nothing listened.
        req.on('error', onBroken);
        // Whatever ran before may have paused it.
        req.resume();
    });
    return body.finally(() => clearTimeout(timer));
}
