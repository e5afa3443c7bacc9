import { createHmac, createSign, randomBytes } from 'node:crypto';

export interface OAuth1Request {
    method: string;
    /** With its query, whose parameters are signed too. */
    url: string;
    consumerKey: string;
    consumerSecret: string;
    token: string;
    tokenSecret: string;
    signatureMethod?: 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'PLAINTEXT' | undefined;
    /** Shown, not signed (RFC 5849 section 3.4.1.3.1). */
    realm?: string | undefined;
    /** Parameters of a form-urlencoded body: signed as the query's are. */
    form?: URLSearchParams | undefined;
    /** Unix seconds. */
    timestamp?: number;
    nonce?: string;
}

/** The `Authorization` header of a request signed as RFC 5849 says (OAuth 1.0a; NetSuite's TBA is the same with HMAC-SHA256). */
export function oauth1Authorization(request: OAuth1Request): string {
    const method = request.signatureMethod ?? 'HMAC-SHA1';
    const params: Record<string, string> = {
        oauth_consumer_key: request.consumerKey,
        oauth_nonce: request.nonce ?? randomBytes(16).toString('hex'),
        oauth_signature_method: method,
        oauth_timestamp: String(request.timestamp ?? Math.floor(Date.now() / 1000)),
        oauth_token: request.token,
        oauth_version: '1.0',
    };
    const signed = { ...params, oauth_signature: signature(request, method, params) };
    const realm = request.realm === undefined ? [] : [`realm="${encode(request.realm)}"`];
    return `OAuth ${[...realm, ...Object.entries(signed).map(([key, value]) => `${encode(key)}="${encode(value)}"`)].join(', ')}`;
}

function signature(request: OAuth1Request, method: string, params: Record<string, string>): string {
    const key = `${encode(request.consumerSecret)}&${encode(request.tokenSecret)}`;
    if (method === 'PLAINTEXT') return key;
    const base = signatureBase(request, params);
    if (method === 'RSA-SHA1') return createSign('RSA-SHA1').update(base).sign(request.consumerSecret, 'base64');
    return createHmac(method === 'HMAC-SHA256' ? 'sha256' : 'sha1', key)
        .update(base)
        .digest('base64');
}

function signatureBase(request: OAuth1Request, params: Record<string, string>): string {
    const url = new URL(request.url);
    const pairs = [...Object.entries(params), ...url.searchParams, ...(request.form ?? [])]
        .map(([key, value]) => [encode(key), encode(value)] as const)
        .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
        .map(([key, value]) => `${key}=${value}`)
        .join('&');
    return [request.method.toUpperCase(), encode(`${url.origin}${url.pathname}`), encode(pairs)].join('&');
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 3986 unreserved characters stay, everything else is percent-encoded. */
function encode(text: string): string {
    return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
