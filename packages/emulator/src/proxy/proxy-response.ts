import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { keepText } from '../base/kept-text.js';
import { collectBytes } from '../http/collect-bytes.js';
import { wholeResponse } from '../http/whole-response.js';
import type { OutboundResponse } from '../outbound/send-request.js';

/** All that a buffered success keeps of the provider's headers (contract 14.3). */
const kept = new Set(['content-type', 'mcp-session-id', 'x-request-id', 'x-correlation-id']);
/** Belong to one hop; the emulator's own server writes them anew. */
const perHop = new Set(['transfer-encoding', 'connection', 'keep-alive']);

/** The provider's success as the caller gets it (contract 14.3). */
export async function successResponse(upstream: OutboundResponse): Promise<Response> {
    if (upstream.status === 204) {
        upstream.body.resume();
        return new Response(null, { status: 204 });
    }
    if (isStreamed(upstream)) {
        return new Response(Readable.toWeb(upstream.body) as ReadableStream, {
            status: upstream.status,
            headers: allHeaders(upstream),
        });
    }
    const bytes = decode(await collectBytes(upstream.body), upstream.header('content-encoding'));
    const headers: Record<string, string> = {};
    for (const [name, value] of upstream.headers) {
        if (kept.has(name)) headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
    }
    const response = wholeResponse(bytes, { status: 200, headers });
    return isText(headers['content-type']) ? keepText(response, bytes) : response;
}

function isStreamed(upstream: OutboundResponse): boolean {
    return (
        upstream.header('transfer-encoding')?.toLowerCase().includes('chunked') === true ||
        /^\s*(attachment|inline)/i.test(upstream.header('content-disposition') ?? '')
    );
}

function allHeaders(upstream: OutboundResponse, drop: readonly string[] = []): Headers {
    const headers = new Headers();
    for (const [name, value] of upstream.headers) if (!perHop.has(name) && !drop.includes(name)) headers.append(name, value);
    return headers;
}

/** A provider's failure, read whole. */
export interface UpstreamFailure {
    status: number;
    header(name: string): string | undefined;
    headers: Headers;
    /** The body re-read as UTF-8, as the server does. */
    body: string;
}

export async function readFailure(upstream: OutboundResponse): Promise<UpstreamFailure> {
    const bytes = decode(await collectBytes(upstream.body), upstream.header('content-encoding'));
    const headers = allHeaders(upstream, ['content-length', 'content-encoding']);
    headers.set('content-type', labelled(upstream.header('content-type')));
    return { status: upstream.status, header: upstream.header, headers, body: bytes.toString('utf8') };
}

/** As the server labels the text that it sends on (contract 14.3). */
function labelled(type: string | undefined): string {
    if (!type) return 'application/octet-stream';
    return /^(?:text\/|application\/(?:[\w.+-]+\+)?json\b)/i.test(type) && !/charset=/i.test(type)
        ? `${type}; charset=utf-8`
        : type;
}

export function failureResponse(failure: UpstreamFailure): Response {
    const empty = failure.status < 200 || failure.status === 304 || failure.status === 205;
    const init = { status: Math.max(failure.status, 200), headers: failure.headers };
    const response = empty ? new Response(null, init) : wholeResponse(failure.body, init);
    return !empty && isText(failure.headers.get('content-type')) ? keepText(response, failure.body) : response;
}

const isText = (type: string | null | undefined) => /json|text|xml|urlencoded|javascript/i.test(type ?? '');

function decode(bytes: Buffer<ArrayBuffer>, encoding: string | undefined): Buffer<ArrayBuffer> {
    try {
        if (encoding === 'gzip') return zlib.gunzipSync(bytes);
        if (encoding === 'deflate') return zlib.inflateSync(bytes);
        if (encoding === 'br') return zlib.brotliDecompressSync(bytes);
    } catch {
        // Sent on as it came.
    }
    return bytes;
}
