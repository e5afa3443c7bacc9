import { digested, signed } from '#hmac';
import { isOneOf, type ReadHeader, receivedSignature, unverified } from '../authenticate.js';
import { parseJson } from '../parse-webhook.js';
import type { ReceivedBody } from '../raw-body.js';
import { listKeys } from '../signing-keys.js';
import { NangoWebhookError, type NangoWebhookErrorReason } from '../webhook-error.js';
import { toEvent, type WebhookEvent } from '../webhook-event.js';
import { memoryDedupeStore } from './dedupe-store.js';
import { dispatch } from './dispatch.js';
import { runOnce } from './once.js';
import { type ConfirmableEvent, checkOptions, type WebhookHandlerOptions } from './options.js';
import { createReporter } from './report.js';
import { within } from './within.js';

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
    readonly header: ReadHeader;
    /** The body, raw if that can be had. Rejects with a {@link NangoWebhookError} past a limit. */
    read(limits: BodyLimits): Promise<ReceivedBody>;
    /** What usually reads the body first in this framework, and what to do about it. */
    readonly advice: string;
}

/** A response, in the terms that all adapters share. */
export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

/** Nango tries a 5xx again and nothing else: a 4xx is final. The rest is the receiver's own wiring: 500. */
const statuses: Partial<Record<NangoWebhookErrorReason, number>> = {
    missing_header: 401,
    bad_signature: 401,
    missing_body: 400,
    body_incomplete: 400,
    not_json: 400,
    wrong_method: 405,
    wrong_content_type: 415,
    body_too_large: 413,
    body_timeout: 408,
    unconfirmed: 200,
    confirm_failed: 503,
    in_progress: 503,
    handler_timeout: 503,
};

/** Nango waits 20 s, and counts an answer that comes later as none. */
const longestDelivery = 18_000;

/** What every handler does with a request, whatever the framework. A request that is none comes as the error to be reported. */
export function createReceiver<Confirmed, Types extends ConfirmableEvent['type'], T>(
    typed: WebhookHandlerOptions<Confirmed, Types, T>,
): (delivery: Delivery | NangoWebhookError) => Promise<Answer> {
    // The types are about what Nango sends; here every event is one of any integration.
    const options = typed as WebhookHandlerOptions<Confirmed, Types>;
    checkOptions(options);
    listKeys(options);
    const { maxBodySize = 10_485_760, bodyTimeout = 10_000, dedupe = memoryDedupeStore() } = options;
    const report = createReporter(options);
    const once =
        dedupe &&
        runOnce(dedupe, (cause) =>
            report(
                new NangoWebhookError('dedupe_failed', 'The store of handled deliveries failed; they may be handled twice.', {
                    cause,
                }),
            ),
        );

    /** The bytes of a delivery whose signature is right. */
    async function open({ method, header, read, advice }: Delivery): Promise<Uint8Array> {
        if (method !== 'POST') throw refusal('wrong_method', 'Webhooks are sent with POST.');
        const type = header('content-type');
        if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type))
            throw refusal('wrong_content_type', 'Webhooks are sent as application/json.');
        if (Number(header('content-length')) > maxBodySize) throw tooLarge();
        const keys = listKeys(options);
        // Before the body is read: who has no signature can't make the server hold megabytes.
        const received = receivedSignature(header, keys);
        const body = await read({ maxBodySize, bodyTimeout });
        const { bytes } = body;
        if (!bytes || !isOneOf(await Promise.all(keys.map((key) => signed(key, bytes))), received))
            throw unverified(body, header, advice);
        return bytes;
    }

    return async (delivery) => {
        let event: WebhookEvent | undefined;
        /** A string is the outcome; an error is a reason of ours to refuse. */
        const handle = async (): Promise<string | NangoWebhookError> => {
            if (delivery instanceof NangoWebhookError) throw delivery;
            const { header } = delivery;
            const bytes = await open(delivery);
            const parsed = toEvent(parseJson(bytes));
            event = parsed;
            const run = () => dispatch(options, parsed, (name) => header(name.toLowerCase()));
            // A failure, its repair and the same failure again have equal `auth` bodies: they are no repetitions.
            return once && parsed.type !== 'auth' ? once(await digested(bytes), run) : run();
        };
        let result: string | NangoWebhookError;
        try {
            const handled = handle();
            result = await within<typeof result>(longestDelivery, handled, () => {
                // Nobody waits for it any more, and it must be heard all the same.
                handled.catch((error) => report(error, event));
                return refusal('handler_timeout', 'Handling took longer than 18 s: put longer work in a queue.');
            });
        } catch (error) {
            // Of what the caller's code throws, only that a connection could not be looked up is a reason to refuse.
            if (!(error instanceof NangoWebhookError) || (event && error.reason !== 'confirm_failed')) {
                await report(error, event);
                return failure(500, 'handler_failed', 'The receiver failed to handle the webhook.');
            }
            result = error;
        }
        if (typeof result === 'string') return answer(200, { outcome: result });
        await report(result, event);
        const { reason, message } = result;
        const status = statuses[reason] ?? 500;
        return status === 200 ? answer(status, { outcome: reason }) : failure(status, reason, message);
    };
}

const refusal = (reason: NangoWebhookErrorReason, message: string) => new NangoWebhookError(reason, message);

/** The body is longer than `maxBodySize`. */
export const tooLarge = () => refusal('body_too_large', 'The body is longer than maxBodySize.');

/** The body did not arrive within `bodyTimeout`. */
export const tooSlow = () => refusal('body_timeout', 'The body did not arrive within bodyTimeout.');

/** The sender went away. */
export const brokeOff = () => refusal('body_incomplete', 'The body broke off before its end.');

const failure = (status: number, code: string, message: string) => answer(status, { error: { code, message } });

const answer = (status: number, body: object): Answer => ({
    status,
    headers: { 'content-type': 'application/json', ...(status === 405 && { allow: 'POST' }) },
    body: JSON.stringify(body),
});
