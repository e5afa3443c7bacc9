import { _SHA256 as Sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../raw-body.js';

/**
 * The same digests where there is no `node:crypto`: WebCrypto is everywhere, but only asynchronous, and the functions that verify are
 * synchronous like the vendor's. The bundled hash is used by its class, since the function that wraps it would be a twentieth of the
 * bundle.
 */
const digest = (...parts: Uint8Array[]): Uint8Array => {
    const hash = new Sha256();
    for (const part of parts) hash.update(part);
    return hash.digest();
};
const hex = (bytes: Uint8Array | ArrayBuffer) =>
    Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Lower-case hex HMAC-SHA256 of `message`: RFC 2104 over the bundled hash, whose own HMAC class would be a tenth of the bundle. */
export function hmacSha256(key: string, message: Uint8Array): string {
    const secret = utf8(key);
    const block = new Uint8Array(64);
    block.set(secret.length > 64 ? digest(secret) : secret);
    const keyed = (pad: number, data: Uint8Array) =>
        digest(
            block.map((byte) => byte ^ pad),
            data,
        );
    return hex(keyed(0x5c, keyed(0x36, message)));
}

/** Lower-case hex SHA-256 of `message`. */
export function sha256(message: Uint8Array): string {
    return hex(digest(message));
}

/** Compares two strings in a time that depends on their lengths alone: no early exit, no branch on a byte. */
export function equals(expected: string, received: string): boolean {
    const a = utf8(expected);
    const b = utf8(received);
    if (a.length !== b.length) return false;
    let difference = 0;
    for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
    return difference === 0;
}

/** As {@link hmacSha256}, of WebCrypto, for handlers: they can wait, and a bundle of one holds no hash. */
export async function signed(key: string, message: Uint8Array): Promise<string> {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const secret = await crypto.subtle.importKey('raw', utf8(key) as BufferSource, algorithm, false, ['sign']);
    return hex(await crypto.subtle.sign('HMAC', secret, message as BufferSource));
}

/** As {@link sha256}, of WebCrypto. */
export async function digested(message: Uint8Array): Promise<string> {
    return hex(await crypto.subtle.digest('SHA-256', message as BufferSource));
}
