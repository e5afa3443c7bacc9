import { createHash, createHmac } from 'node:crypto';

/** Both signatures over the raw body (contract 17.1): HMAC, and the older hash of key and body. */
export function signatureHeaders(signingKey: string, body: string): Record<string, string> {
    return {
        'x-nango-signature': createHash('sha256')
            .update(signingKey + body)
            .digest('hex'),
        'x-nango-hmac-sha256': createHmac('sha256', signingKey).update(body).digest('hex'),
    };
}
