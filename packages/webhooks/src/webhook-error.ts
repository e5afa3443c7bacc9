/** Marks every error of the @x packages, whichever package and whichever copy of it made it. */
const brand = Symbol.for('nango.error');

/**
 * What is wrong with a request that should be a webhook, and what a handler answers.
 *
 * | reason | answer | meaning |
 * |---|---|---|
 * | `missing_header` | 401 | there is no `X-Nango-Hmac-Sha256` header |
 * | `bad_signature` | 401 | the header is there, but no key gives it for this body |
 * | `no_signing_key`, `bad_signing_key` | 500 | the receiver has no key to check with, or one that can't be right |
 * | `body_consumed` | 500 | a body was sent, and the receiver's own code read or parsed it before it could be verified |
 * | `not_a_request` | 500 | a handler was given a framework's context in place of a request |
 * | `body_incomplete` | 400 | the sender broke off |
 * | `missing_body` | 400 | the body is empty, or a promise was passed |
 * | `not_json` | 400 | the signature is right, the body is not JSON |
 * | `wrong_method`, `wrong_content_type`, `body_too_large`, `body_timeout` | 405, 415, 413, 408 | refused before the signature was checked |
 * | `unconfirmed` | 200 | `confirm` did not confirm the event |
 * | `confirm_failed` | 503 | the connection could not be looked up, see `cause` |
 * | `in_progress` | 503 | the same delivery is still being handled |
 * | `handler_timeout` | 503 | the event was not confirmed and handled within 18 s |
 * | `dedupe_failed` | | the store of handled deliveries failed, see `cause`; the delivery was handled all the same |
 */
export type NangoWebhookErrorReason =
    | 'missing_header'
    | 'bad_signature'
    | 'no_signing_key'
    | 'bad_signing_key'
    | 'body_consumed'
    | 'not_a_request'
    | 'body_incomplete'
    | 'missing_body'
    | 'not_json'
    | 'wrong_method'
    | 'wrong_content_type'
    | 'body_too_large'
    | 'body_timeout'
    | 'unconfirmed'
    | 'confirm_failed'
    | 'in_progress'
    | 'handler_timeout'
    | 'dedupe_failed';

/**
 * A request is not a webhook that can be trusted. `reason` is for code, `message` names the usual cause; neither holds the key, the
 * signature or any of the body.
 */
export class NangoWebhookError extends Error {
    readonly reason: NangoWebhookErrorReason;

    constructor(reason: NangoWebhookErrorReason, message: string, options?: { readonly cause?: unknown }) {
        super(message, options);
        this.reason = reason;
    }

    /** What a log line keeps of it: name, message, reason and no stack, as of the errors of @x/core. `JSON.stringify` calls it. */
    toJSON(): Record<string, unknown> {
        const { name, message, reason } = this;
        return { name, message, reason };
    }

    /** Whether a value is such an error, from any copy of the package. `instanceof` asks the same. */
    static isInstance(value: unknown): value is NangoWebhookError {
        return isWebhookError(value);
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
        return isWebhookError(value);
    }

    /** The classes that this error counts as, as @x/core reads them. */
    get [brand](): readonly string[] {
        return ['NangoWebhookError', 'NangoError'];
    }

    override get name(): string {
        return 'NangoWebhookError';
    }
}

// Out here: a class that names itself within is built, and printed, under another name.
function isWebhookError(value: unknown): boolean {
    const kinds = (value as { [brand]?: unknown } | null | undefined)?.[brand];
    return Array.isArray(kinds) && kinds.includes('NangoWebhookError');
}
