import { hmacSha256, sha256 } from '#hmac';
import { hmacHeader } from './authenticate.js';
import { utf8 } from './raw-body.js';
import { stableJson } from './stable-json.js';

/** A body with the headers that Nango would send it with: what `fetch` takes beside `method: 'POST'`. */
export interface SignedWebhook<Body extends string | Uint8Array = string> {
    readonly body: Body;
    readonly headers: Record<'content-type' | 'x-nango-hmac-sha256' | 'x-nango-signature', string>;
}

/**
 * Makes a delivery as Nango makes it, for tests of your own receiver.
 *
 * @param body Text or bytes are signed as they are; anything else is written as JSON with sorted keys, as Nango does.
 * @throws {TypeError} When there is no key, or the body can't be written as JSON.
 *
 * @example
 * ```ts
 * await fetch(url, { method: 'POST', ...signWebhook({ type: 'auth', from: 'nango' }, { signingKey }) });
 * ```
 */
export function signWebhook(body: Uint8Array, options: { readonly signingKey: string }): SignedWebhook<Uint8Array>;
export function signWebhook(body: unknown, options: { readonly signingKey: string }): SignedWebhook;
export function signWebhook(body: unknown, { signingKey }: { readonly signingKey: string }): SignedWebhook<string | Uint8Array> {
    if (!signingKey) throw new TypeError('signWebhook needs a signingKey');
    const content = typeof body === 'string' || ArrayBuffer.isView(body) ? (body as Uint8Array | string) : stableJson(body);
    if (content === undefined) throw new TypeError('signWebhook needs a body');
    const bytes = typeof content === 'string' ? utf8(content) : content;
    const prefix = utf8(signingKey);
    const keyed = new Uint8Array(prefix.length + bytes.length);
    keyed.set(prefix);
    keyed.set(bytes, prefix.length);
    return {
        body: content,
        headers: {
            'content-type': 'application/json',
            [hmacHeader]: hmacSha256(signingKey, bytes),
            'x-nango-signature': sha256(keyed),
        },
    };
}
