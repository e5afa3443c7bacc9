import { consumed } from '../authenticate.js';
import { bodyCollector } from '../handler/body-collector.js';
import { isRequest, notARequest } from '../handler/not-a-request.js';
import type { ConfirmableEvent, ConfirmedConnection, ConfirmedTypes, WebhookHandlerOptions } from '../handler/options.js';
import { type BodyLimits, brokeOff, createReceiver, tooSlow } from '../handler/receiver.js';
import { within } from '../handler/within.js';
import { NangoWebhookError } from '../webhook-error.js';

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

const advice =
    'Call the handler before request.json() or c.req.json(), or pass a clone made before; in Hono, await cloneRawRequest(c.req).';

/**
 * Receives webhooks where requests and responses are the web's own: Hono, Next.js App Router, Workers, Deno, Bun, React Router, SvelteKit,
 * Astro.
 *
 * Answers 200, 401 (no or wrong signature), 400 (no whole body, or not JSON), 405, 408, 413, 415, 500 (a handler threw, no key is set, or
 * something read the body before) and 503 (Nango tries again). Make one handler and keep it: it remembers what it has handled.
 *
 * @typeParam T Types of your integrations, as `@x/typegen` writes them. With them `confirmed` is what `confirmConnection` finds; where
 * your own
 * `confirm` returns something else, its type is the second type argument.
 * @throws {TypeError} For options that are none or have an unknown name.
 * @throws {NangoWebhookError} For a signing key that can't be right: not text, with white space around it.
 *
 * @example
 * ```ts
 * export const POST = createWebhookHandler({
 *     signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
 *     confirm: confirmConnection(nango),
 *     onAuth: (event, { confirmed }) => saveConnection(confirmed),
 *     onConnectionDeleted: (event) => forgetConnection(event.connectionId),
 * });
 * ```
 */
export function createWebhookHandler<
    // biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
    T = any,
    Confirmed = unknown extends T ? undefined : ConfirmedConnection<T> | undefined,
    Types extends ConfirmableEvent['type'] = ConfirmedTypes<T, Confirmed>,
>(options: WebhookHandlerOptions<Confirmed, Types, T>): (request: Request) => Promise<Response> {
    const receive = createReceiver(options);
    return async (request) => {
        const { status, headers, body } = await receive(
            isRequest(request)
                ? {
                      method: request.method,
                      header: (name) => headerOf(request, name),
                      read: async (limits) => ({ bytes: await readBody(request, limits) }),
                      advice,
                  }
                : notARequest(request),
        );
        return new Response(body, { status, headers });
    };
}

/** A name that no header can have is that of none. */
function headerOf(request: Request, name: string): string | undefined {
    try {
        return request.headers.get(name) || undefined;
    } catch {}
}

async function readBody(request: Request, { maxBodySize, bodyTimeout }: BodyLimits): Promise<Uint8Array> {
    if (request.bodyUsed || request.body?.locked) throw consumed(advice);
    const collected = bodyCollector(maxBodySize);
    if (!request.body) return collected.bytes();
    const reader = request.body.getReader();
    const readAll = async () => {
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return collected.bytes();
            collected.add(value);
        }
    };
    try {
        return await within(bodyTimeout, readAll(), () => {
            throw tooSlow();
        });
    } catch (error) {
        reader.cancel().catch(() => {});
        throw error instanceof NangoWebhookError ? error : brokeOff();
    }
}
