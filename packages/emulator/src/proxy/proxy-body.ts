import { qs } from '../http/qs.js';
import { readBody } from '../http/read-body.js';

/** The body as it goes to the provider, with the type that it is labelled with there. */
export interface ProxyBody {
    /** A stream is sent as it comes and can't be sent twice. */
    data: Uint8Array | ReadableStream<Uint8Array> | undefined;
    contentType: string | undefined;
    /** Multipart goes without a length (contract 14.2). */
    chunked?: boolean;
}

const labelled = new Set(['POST', 'PUT', 'PATCH']);
const withBody = new Set([...labelled, 'DELETE']);

interface BodyInput {
    method: string;
    request: Request;
    /** What the JSON and form parsers read; undefined when they left the body alone. */
    parsed: unknown;
    /** `Nango-Proxy-Content-Type`: it alone decides (contract 14.1). */
    forwardedType: string | undefined;
    /** Fields that the provider's template adds to an object body. */
    fields?: Record<string, unknown> | undefined;
    /** A body that may have to be sent again is read whole. */
    keep: boolean;
}

/** Shapes the caller's body as the server's HTTP client does (contract 14.2). */
export async function proxyBody(input: BodyInput): Promise<ProxyBody> {
    if (!withBody.has(input.method)) return { data: undefined, contentType: input.forwardedType };
    const incomingType = input.request.headers.get('content-type') ?? '';
    if (/^multipart\/form-data/i.test(incomingType) && input.request.body) return multipart(input, incomingType);
    const object = input.parsed === undefined && input.fields ? {} : input.parsed;
    if (typeof object === 'object' && object !== null) return fromObject(input, withFields(object, input.fields));
    const contentType = input.forwardedType ?? (labelled.has(input.method) ? 'application/x-www-form-urlencoded' : undefined);
    const { body } = input.request;
    // A body of a type that the server does not read, or of none, is dropped (contract 14.2).
    if (!body || !isRead(incomingType)) return { data: undefined, contentType };
    return { data: input.keep ? await readBody(input.request) : body, contentType };
}

/** Text, XML and the binary types that files have. */
const isRead = (type: string) =>
    /^(?:text|image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|xml|vnd\.|[\w.+-]+\+xml)/i.test(type);

function withFields(object: object, fields: Record<string, unknown> | undefined): object {
    return fields && !Array.isArray(object) ? { ...fields, ...object } : object;
}

function fromObject(input: BodyInput, object: object): ProxyBody | Promise<ProxyBody> {
    const type = input.forwardedType;
    if (type?.includes('application/x-www-form-urlencoded')) {
        return { data: Buffer.from(qs().stringify(object)), contentType: type };
    }
    if (type?.includes('multipart/form-data')) return encodeForm(formOf(object));
    return { data: Buffer.from(JSON.stringify(object)), contentType: type ?? 'application/json' };
}

/** Rebuilt with its files when the forwarded type says exactly so; else the fields go on alone (contract 14.1). */
async function multipart(input: BodyInput, incomingType: string): Promise<ProxyBody> {
    const form = await new Response(await readBody(input.request), { headers: { 'content-type': incomingType } }).formData();
    if (input.forwardedType === 'multipart/form-data') return encodeForm(form);
    const fields: Record<string, unknown> = {};
    for (const [name, value] of form) if (typeof value === 'string') fields[name] = value;
    return fromObject(input, withFields(fields, input.fields));
}

function formOf(object: object): FormData {
    const form = new FormData();
    for (const [name, value] of Object.entries(object)) {
        if (value !== undefined) form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    return form;
}

async function encodeForm(form: FormData): Promise<ProxyBody> {
    const encoded = new Response(form);
    const contentType = encoded.headers.get('content-type') ?? undefined;
    return { data: new Uint8Array(await encoded.arrayBuffer()), contentType, chunked: true };
}
