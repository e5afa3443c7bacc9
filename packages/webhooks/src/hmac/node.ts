/**
 * The digests on Node, from the runtime's own crypto. `process.getBuiltinModule` instead of an import: it loads nothing before the
 * first webhook arrives, and bundlers for other platforms never see a `node:` specifier.
 */
const crypto = () => process.getBuiltinModule('node:crypto');

/** Lower-case hex HMAC-SHA256 of `message`. */
export function hmacSha256(key: string, message: Uint8Array): string {
    return crypto().createHmac('sha256', key).update(message).digest('hex');
}

/** Lower-case hex SHA-256 of `message`. */
export function sha256(message: Uint8Array): string {
    return crypto().createHash('sha256').update(message).digest('hex');
}

/** Compares two strings in a time that depends on their lengths alone. */
export function equals(expected: string, received: string): boolean {
    const a = Buffer.from(expected);
    const b = Buffer.from(received);
    return a.length === b.length && crypto().timingSafeEqual(a, b);
}

/** As {@link hmacSha256}, for handlers: they can wait, and elsewhere the runtime's own hash is asynchronous. */
export async function signed(key: string, message: Uint8Array): Promise<string> {
    return hmacSha256(key, message);
}

/** As {@link sha256}, for handlers. */
export async function digested(message: Uint8Array): Promise<string> {
    return sha256(message);
}
