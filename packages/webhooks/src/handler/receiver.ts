import { sha256 } from '#hmac';
import { authenticate, receivedSignature } from '../authenticate.js';
import { headerValue } from '../header-value.js';
import { parseJson } from '../parse-webhook.js';
import { NangoWebhookError, type NangoWebhookErrorReason } from '../webhook-error.js';
import { toEvent, type WebhookEvent } from '../webhook-event.js';
import { memoryDedupeStore } from './dedupe-store.js';
import { runOnce } from './once.js';
import type { WebhookContext, WebhookHandlerOptions } from './options.js';

/** How long and how large a body may be. */
export interface BodyLimits {
    /** Bytes. */
    readonly maxBodySize: number;
    /** Milliseconds. */
    readonly bodyTimeout: number;
}

/** A request, in the terms that all adapters share. */
export interface Delivery {
    readonly method: string | undefined;
    readonly headers: unknown;
    /** The body, raw if that can be had. Rejects with a {@link NangoWebhookError} past a limit. */
    read(limits: BodyLimits): Promise<unknown>;
}

/** A response, in the terms that all adapters share. */
export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

/** Nango tries a 5xx again and nothing else (wire contract 17.1): a 4xx is final. */
const statuses: Readonly<Record<NangoWebhookErrorReason, number>> = {
    missing_header: 401,
    bad_signature: 401,
    no_signing_key: 500,
    missing_body: 400,
    not_json: 400,
    wrong_method: 405,
    wrong_content_type: 415,
    body_too_large: 413,
    body_timeout: 408,
};

/** What every handler does with a request, whatever the framework. */
export function createReceiver<Confirmed>(options: WebhookHandlerOptions<Confirmed>): (delivery: Delivery) => Promise<Answer> {
    const { maxBodySize = 10_485_760, bodyTimeout = 10_000, dedupe = memoryDedupeStore() } = options;
    const once = dedupe && runOnce(dedupe, (error) => report(options, error, 500));

    return async ({ method, headers, read }) => {
        let event: WebhookEvent | undefined;
        try {
            refuseOtherRequests(method, headers, maxBodySize);
            // Before the body is read: who has no signature can't make the server hold megabytes.
            receivedSignature(headers, options);
            const bytes = authenticate(await read({ maxBodySize, bodyTimeout }), headers, options);
            const parsed = toEvent(parseJson(bytes));
            event = parsed;
            const run = () => dispatch(options, parsed, (name) => headerValue(headers, name.toLowerCase()));
            const outcome = once ? await once(sha256(bytes), run) : (await run()).result;
            if (outcome !== 'running') return answer(200, { outcome });
            return failure(503, 'in_progress', 'The same delivery is still being handled.');
        } catch (error) {
            if (!event && error instanceof NangoWebhookError) {
                const status = statuses[error.reason];
                await report(options, error, status);
                return failure(status, error.reason, error.message);
            }
            await report(options, error, 500, event);
            return failure(500, 'handler_failed', 'The receiver failed to handle the webhook.');
        }
    };
}

function refuseOtherRequests(method: string | undefined, headers: unknown, maxBodySize: number): void {
    if (method !== 'POST') throw new NangoWebhookError('wrong_method', 'Webhooks are sent with POST.');
    const type = headerValue(headers, 'content-type');
    if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
        throw new NangoWebhookError('wrong_content_type', 'Webhooks are sent as application/json.');
    }
    if (Number(headerValue(headers, 'content-length')) > maxBodySize) throw tooLarge();
}

/** Hands a parsed event to the caller's code. */
async function dispatch<Confirmed>(
    options: WebhookHandlerOptions<Confirmed>,
    event: WebhookEvent,
    header: WebhookContext['header'],
): Promise<{ result: 'handled' | 'ignored' | 'unconfirmed'; succeeded: boolean }> {
    const handlers = {
        auth: options.onAuth,
        sync: options.onSync,
        async_action: options.onAsyncAction,
        forward: options.onForward,
        unknown: options.onUnknown,
    };
    const handler = handlers[event.type] as ((event: WebhookEvent, context: WebhookContext<unknown>) => unknown) | undefined;
    if (!handler) return { result: 'ignored', succeeded: true };
    let confirmed: unknown;
    if (options.confirm && event.type !== 'unknown') {
        confirmed = await options.confirm(event);
        if (!confirmed) return { result: 'unconfirmed', succeeded: false };
    }
    await handler.call(options, event, { confirmed, header });
    return { result: 'handled', succeeded: true };
}

/** Tells of a failure; a reporter that fails itself must not change the answer. */
async function report(options: Pick<WebhookHandlerOptions, 'onError'>, error: unknown, status: number, event?: WebhookEvent) {
    try {
        if (options.onError) await options.onError(error, event);
        else if (status >= 500) console.error('A webhook of Nango could not be handled:', error);
    } catch {}
}

/** The body is longer than `maxBodySize`. */
export const tooLarge = () => new NangoWebhookError('body_too_large', 'The body is longer than maxBodySize.');

/** The body did not arrive within `bodyTimeout`. */
export const tooSlow = () => new NangoWebhookError('body_timeout', 'The body did not arrive within bodyTimeout.');

/** The sender went away. */
export const brokeOff = () => new NangoWebhookError('missing_body', 'The body broke off before its end.');

const failure = (status: number, code: string, message: string) => answer(status, { error: { code, message } });

function answer(status: number, body: object): Answer {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (status === 405) headers.allow = 'POST';
    return { status, headers, body: JSON.stringify(body) };
}
