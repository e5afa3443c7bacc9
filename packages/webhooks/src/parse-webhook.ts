import { authenticate } from './authenticate.js';
import type { WebhookHeaders } from './header-value.js';
import type { RawBody } from './raw-body.js';
import type { SigningKeys } from './signing-keys.js';
import { NangoWebhookError } from './webhook-error.js';
import { toEvent, type WebhookEvent } from './webhook-event.js';

/**
 * Checks a request and gives its body a type. Only `X-Nango-Hmac-Sha256` counts.
 *
 * @typeParam T Types of your integrations, as `@x/typegen` writes them: the event is then distinguished by `providerConfigKey` and `model`.
 * @param body The body as received. A parsed one is serialised again, with one warning per process.
 * @param headers The request's headers, in any form.
 * @throws {NangoWebhookError} When the request can't be trusted; `reason` and `message` say why.
 *
 * @example
 * ```ts
 * const event = parseWebhook(await request.text(), request.headers, { signingKey });
 * if (event.type === 'sync' && event.success) await queue.add(event);
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the integrations
export function parseWebhook<T = any>(body: RawBody | object, headers: WebhookHeaders, keys: SigningKeys): WebhookEvent<T> {
    return toEvent(parseJson(authenticate(body, headers, keys))) as WebhookEvent<T>;
}

/** @throws {NangoWebhookError} */
export function parseJson(bytes: Uint8Array): unknown {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
        throw new NangoWebhookError('not_json', 'The body carries a valid signature, but is not JSON.');
    }
}
