/** Marks every error of the @x packages, whichever package and whichever copy of it made it. */
const brand = Symbol.for('nango.error');

/**
 * What is wrong with a request that should be a webhook.
 *
 * | reason | meaning |
 * |---|---|
 * | `missing_header` | there is no `X-Nango-Hmac-Sha256` header |
 * | `bad_signature` | the header is there, but no key gives it for this body |
 * | `no_signing_key` | the receiver has no key to check with |
 * | `missing_body` | there are no bytes to check: the body was read before, or a promise was passed |
 * | `not_json` | the signature is right, the body is not JSON |
 * | `wrong_method`, `wrong_content_type`, `body_too_large`, `body_timeout` | refused by a handler before the signature was checked |
 */
export type NangoWebhookErrorReason =
    | 'missing_header'
    | 'bad_signature'
    | 'no_signing_key'
    | 'missing_body'
    | 'not_json'
    | 'wrong_method'
    | 'wrong_content_type'
    | 'body_too_large'
    | 'body_timeout';

/**
 * A request is not a webhook that can be trusted. `reason` is for code, `message` names the usual cause; neither holds the key, the
 * signature or any of the body.
 */
export class NangoWebhookError extends Error {
    readonly reason: NangoWebhookErrorReason;

    constructor(reason: NangoWebhookErrorReason, message: string) {
        super(message);
        this.reason = reason;
    }

    /** What a log line keeps of it: name, message, reason and no stack, as of the errors of @x/core. `JSON.stringify` calls it. */
    toJSON(): Record<string, unknown> {
        const { name, message, reason } = this;
        return { name, message, reason };
    }

    /** Whether a value is such an error, from any copy of the package. `instanceof` asks the same. */
    static isInstance(value: unknown): value is NangoWebhookError {
        const kinds = typeof value === 'object' && value !== null ? (value as Record<symbol, unknown>)[brand] : undefined;
        return Array.isArray(kinds) && kinds.includes('NangoWebhookError');
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
        return NangoWebhookError.isInstance(value);
    }

    /** The classes that this error counts as, as @x/core reads them. */
    get [brand](): readonly string[] {
        return ['NangoWebhookError', 'NangoError'];
    }

    override get name(): string {
        return 'NangoWebhookError';
    }
}
