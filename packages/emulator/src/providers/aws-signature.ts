import { createHash, createHmac } from 'node:crypto';

export interface AwsRequest {
    method: string;
    url: string;
    /** Signed beside `host` and `x-amz-date`. */
    headers?: Record<string, string>;
    body?: Uint8Array | string;
    accessKeyId: string;
    secretAccessKey: string;
    region: string;
    service: string;
    /** Replaces the url's host in what is signed. */
    host?: string | undefined;
    now: Date;
}

const hash = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Uint8Array | string, data: string) => createHmac('sha256', key).update(data).digest();

/** `20260822T101112Z`, the date form of AWS signatures. */
export const amzDate = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The `Authorization` header of AWS Signature Version 4. */
export function awsAuthorization(request: AwsRequest): string {
    const url = new URL(request.url);
    const date = amzDate(request.now);
    const headers: Record<string, string> = { ...request.headers, host: request.host ?? url.host, 'x-amz-date': date };
    const names = Object.keys(headers)
        .map((name) => name.toLowerCase())
        .sort();
    const canonical = [
        request.method.toUpperCase(),
        canonicalPath(url.pathname, request.service),
        canonicalQuery(url.searchParams),
        ...names.map((name) => `${name}:${headers[name]?.trim()}`),
        '',
        names.join(';'),
        hash(request.body ?? ''),
    ].join('\n');
    const scope = `${date.slice(0, 8)}/${request.region}/${request.service}/aws4_request`;
    const toSign = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n');
    const key = [request.region, request.service, 'aws4_request'].reduce(
        (parent: Uint8Array, part) => hmac(parent, part),
        hmac(`AWS4${request.secretAccessKey}`, date.slice(0, 8)),
    );
    const signature = createHmac('sha256', key).update(toSign).digest('hex');
    return `AWS4-HMAC-SHA256 Credential=${request.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

/** Every service but S3 has its path encoded once more. */
function canonicalPath(pathname: string, service: string): string {
    return service === 's3' ? pathname : pathname.split('/').map(encodeURIComponent).join('/');
}

function canonicalQuery(params: URLSearchParams): string {
    const encode = (text: string) =>
        encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
    return [...params]
        .map(([key, value]) => `${encode(key)}=${encode(value)}`)
        .sort()
        .join('&');
}
