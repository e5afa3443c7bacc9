import { equals, sha256 } from '#hmac';
import { authenticate } from './authenticate.js';
import type { WebhookHeaders } from './header-value.js';
import { type RawBody, utf8 } from './raw-body.js';
import { listKeys, type SigningKeys } from './signing-keys.js';
import { stableJson } from './stable-json.js';
import { warnOnce } from './warn-once.js';
import { NangoWebhookError } from './webhook-error.js';

/**
 * Whether a request carries a valid `X-Nango-Hmac-Sha256` for its body. Synchronous, in constant time, and never throws.
 *
 * A valid signature shows that Nango sent the request, not that its content is Nango's own: see `confirm` of `createWebhookHandler`.
 *
 * @param rawBody The body as received. A parsed one is serialised again, with one warning per process.
 * @param headers The request's headers, in any form.
 *
 * @example
 * ```ts
 * const ok = verifyIncomingWebhookRequest(await request.text(), request.headers, { signingKey });
 * ```
 */
export function verifyIncomingWebhookRequest(rawBody: RawBody | object, headers: WebhookHeaders, keys: SigningKeys): boolean {
    try {
        authenticate(rawBody, headers, keys);
        return true;
    } catch (error) {
        return no(error);
    }
}

/** False; what the receiver itself does wrong is said, since with it nothing will ever verify. */
function no(error: unknown): false {
    if (NangoWebhookError.isInstance(error) && /_signing_key|consumed/.test(error.reason))
        warnOnce(`@x/webhooks: ${error.message}`);
    return false;
}

/**
 * Whether `X-Nango-Signature` fits a parsed body, as `@nangohq/node` checks it: the body is serialised again, so it works only
 * while the order of its keys survived parsing (the sorted order in which Nango writes is tried too). Never throws.
 *
 * @deprecated Use {@link verifyIncomingWebhookRequest} with the raw body.
 * @param signature The value of the `X-Nango-Signature` header.
 * @param parsedBody The parsed body.
 */
export function verifyWebhookSignature(signature: unknown, parsedBody: unknown, keys: SigningKeys): boolean {
    warnOnce(
        'verifyWebhookSignature() is deprecated: use verifyIncomingWebhookRequest() with the raw body.',
        'DeprecationWarning',
    );
    try {
        // Text, or an array of one text.
        const received = String(signature);
        let matches = false;
        for (const text of new Set([JSON.stringify(parsedBody), stableJson(parsedBody)])) {
            for (const key of listKeys(keys)) matches = equals(sha256(utf8(`${key}${text}`)), received) || matches;
        }
        return matches;
    } catch (error) {
        return no(error);
    }
}
