import { hmacSha256, sha256 } from '#hmac';
import { hmacHeader } from './authenticate.js';
import { bytesOf, isParsed, kindOf, utf8 } from './raw-body.js';
import { stableJson } from './stable-json.js';

/** A body with the headers that Nango would send it with: what `fetch` takes beside `method: 'POST'`. */
export interface SignedWebhook<Body extends string | ArrayBuffer | ArrayBufferView = string> {
    readonly body: Body;
    readonly headers: Record<'content-type' | 'x-nango-hmac-sha256' | 'x-nango-signature', string>;
}

/**
 * Makes a delivery as Nango makes it, for tests of your own receiver.
 *
 * @param body Text and bytes (`ArrayBuffer`, `Buffer`, any other view) are signed and given back as they are; anything else is
 * written as JSON with sorted keys, as Nango does.
 * @throws {TypeError} When there is no key, or the body is nothing that can be signed: undefined, a promise, a stream, a `Blob` …
 *
 * @example
 * ```ts
 * await fetch(url, { method: 'POST', ...signWebhook({ type: 'auth', from: 'nango' }, { signingKey }) });
 * ```
 */
export function signWebhook<Bytes extends ArrayBuffer | ArrayBufferView>(
    body: Bytes,
    options: { readonly signingKey: string },
): SignedWebhook<Bytes>;
export function signWebhook(body: unknown, options: { readonly signingKey: string }): SignedWebhook;
export function signWebhook(
    body: unknown,
    { signingKey }: { readonly signingKey: string },
): SignedWebhook<string | ArrayBuffer | ArrayBufferView> {
    if (!signingKey) throw new TypeError('signWebhook needs a signingKey');
    let text: string | undefined;
    let bytes: Uint8Array | undefined;
    try {
        bytes = bytesOf(body);
        // Whatever else is an object, JSON writes as `{}`: that would be signed in place of a stream or a promise.
        if (!bytes && (isParsed(body) || Object(body) !== body)) text = stableJson(body);
        if (text) bytes = utf8(text);
    } catch {
        // A cycle, a bigint, a buffer that was transferred: not to be signed, like the rest.
    }
    if (!bytes) throw new TypeError(`signWebhook can't sign this ${kindOf(body)}: pass text, bytes or what JSON can hold`);
    const prefix = utf8(signingKey);
    const keyed = new Uint8Array(prefix.length + bytes.length);
    keyed.set(prefix);
    keyed.set(bytes, prefix.length);
    return {
        body: text ?? (body as string),
        headers: {
            'content-type': 'application/json',
            [hmacHeader]: hmacSha256(signingKey, bytes),
            'x-nango-signature': sha256(keyed),
        },
    };
}
