import { BodyCollector } from '../handler/body-collector.js';
import type { WebhookHandlerOptions } from '../handler/options.js';
import { type BodyLimits, brokeOff, createReceiver, tooSlow } from '../handler/receiver.js';
import { NangoWebhookError } from '../webhook-error.js';

export { type ConfirmConnection, type ConnectionLister, confirmConnection } from '../handler/confirm-connection.js';
export { type DedupeStore, memoryDedupeStore } from '../handler/dedupe-store.js';
export type { ConfirmableEvent, WebhookContext, WebhookHandlerOptions } from '../handler/options.js';

/**
 * Receives webhooks where requests and responses are the web's own: Hono, Next.js App Router, Workers, Deno, Bun, Remix, SvelteKit.
 *
 * Answers 401 (no or wrong signature), 400 (no body or not JSON), 405, 408, 413, 415, 500 (a handler threw, or no key is set) and 200.
 * Make one handler and keep it: it remembers what it has handled.
 *
 * @example
 * ```ts
 * export const POST = createWebhookHandler({
 *     signingKey: process.env.NANGO_WEBHOOK_SIGNING_KEY,
 *     confirm: confirmConnection(nango),
 *     onAuth: (event, { confirmed }) => saveConnection(confirmed),
 * });
 * ```
 */
export function createWebhookHandler<Confirmed = undefined>(
    options: WebhookHandlerOptions<Confirmed>,
): (request: Request) => Promise<Response> {
    const receive = createReceiver(options);
    return async (request) => {
        const { status, headers, body } = await receive({
            method: request.method,
            headers: request.headers,
            read: (limits) => readBody(request, limits),
        });
        return new Response(body, { status, headers });
    };
}

/** Undefined when something read the body before. */
async function readBody(request: Request, { maxBodySize, bodyTimeout }: BodyLimits): Promise<Uint8Array | undefined> {
    if (request.bodyUsed) return undefined;
    const collected = new BodyCollector(maxBodySize);
    if (!request.body) return collected.bytes();
    const reader = request.body.getReader();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(tooSlow()), bodyTimeout);
    });
    try {
        for (;;) {
            const { done, value } = await Promise.race([reader.read(), late]);
            if (done) return collected.bytes();
            collected.add(value);
        }
    } catch (error) {
        reader.cancel().catch(() => {});
        throw error instanceof NangoWebhookError ? error : brokeOff();
    } finally {
        clearTimeout(timer);
    }
}
