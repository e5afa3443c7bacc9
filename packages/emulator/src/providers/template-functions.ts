import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto';
import { awsAuthorization } from './aws-signature.js';
import type { TemplateFunction } from './template.js';

/** What a signing template needs to know of the request. */
export interface SignedRequest {
    method: string;
    url: string;
    body: Uint8Array | string;
    now: Date;
}

/** The functions that provider templates call; `request` is what the signing ones sign. */
export function templateFunctions(request: SignedRequest): Record<string, TemplateFunction> {
    return {
        base64: (text = '') => Buffer.from(text).toString('base64'),
        sha256Hex: (text = '') => createHash('sha256').update(text).digest('hex'),
        sha256Base64: (text = '') => createHash('sha256').update(text).digest('base64'),
        hmacSha1Hex: (text = '', key = '') => createHmac('sha1', key).update(text).digest('hex'),
        hmacSha256Base64: (text = '', key = '') => createHmac('sha256', key).update(text).digest('base64'),
        ed25519Sign: (text = '', key = '') => ed25519(text, key),
        awsSigV4: (accessKeyId = '', secretAccessKey = '', region = '', service = '', host = '') =>
            awsAuthorization({ ...request, accessKeyId, secretAccessKey, region, service, host: host || undefined }),
    };
}

/** DER header of a PKCS #8 Ed25519 key, which a bare 32-byte seed lacks. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Empty when the key can't be read: the upstream then refuses the signature, as it would refuse a wrong key. */
function ed25519(text: string, key: string): string {
    try {
        const seed = Buffer.from(key, 'base64').subarray(0, 32);
        const privateKey = key.includes('-----BEGIN')
            ? createPrivateKey(key)
            : createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
        return sign(null, Buffer.from(text), privateKey).toString('base64');
    } catch {
        return '';
    }
}
