import http from 'node:http';
import { PassThrough, pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import { requireLater } from '../base/require-later.js';
import { connectionPool } from './connection-pool.js';
import type { OutboundPolicy } from './outbound-policy.js';
import type { OutboundRequest } from './outbound-request.js';
import { redirectTarget } from './redirect.js';

export interface OutboundResponse {
    status: number;
    statusText: string;
    /** In the order and with the repetitions they came in; names in lower case. */
    headers: [name: string, value: string][];
    header(name: string): string | undefined;
    body: Readable;
}

/** The request failed before an answer came; `code` is the network code, e.g. `ECONNRESET`. */
export class OutboundNetworkError extends Error {
    override readonly name = 'OutboundNetworkError';

    constructor(
        readonly code: string,
        message: string,
    ) {
        super(message);
    }
}

/** With it comes all of TLS. */
const https = () => requireLater('node:https') as typeof import('node:https');

const pools = new Map<string, http.Agent>();

function agentFor(protocol: string): http.Agent {
    let pool = pools.get(protocol);
    if (!pool) {
        pool = connectionPool((protocol === 'https:' ? https() : http).Agent);
        pools.set(protocol, pool);
    }
    return pool;
}

const maxRedirects = 5;

/**
 * Sends one request and follows at most five redirects, each checked against the policy (contract 14.6).
 *
 * @throws OutboundDeniedError when the target or a redirect is not allowed
 * @throws OutboundNetworkError when no answer came
 */
export async function sendRequest(request: OutboundRequest, policy: OutboundPolicy): Promise<OutboundResponse> {
    let current = request;
    for (let redirects = 0; ; redirects++) {
        policy.assertReaches(current.url);
        const message = await exchange(current);
        const next = redirectTarget(message.statusCode ?? 0, message.headers.location, current, request);
        if (!next) return toResponse(message, request.decompress === true);
        message.resume();
        if (redirects === maxRedirects) {
            throw new OutboundNetworkError('ERR_FR_TOO_MANY_REDIRECTS', 'Maximum number of redirects exceeded');
        }
        current = { ...current, ...next };
    }
}

function exchange(request: OutboundRequest): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) =>
            reject(new OutboundNetworkError(error.code ?? 'ERR_BAD_REQUEST', error.message || String(error.code)));
        const bytes = request.body instanceof Uint8Array ? request.body : undefined;
        const { signal } = request;
        let outgoing: http.ClientRequest;
        try {
            outgoing = (request.url.protocol === 'https:' ? https() : http).request(request.url, {
                method: request.method,
                headers: {
                    ...request.headers,
                    ...(bytes &&
                        (request.chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(bytes.byteLength) })),
                },
                agent: request.reuse === true && agentFor(request.url.protocol),
            });
        } catch (error) {
            fail(error as NodeJS.ErrnoException);
            return;
        }
        if (signal) destroyWhenAborted(outgoing, signal);
        outgoing.on('response', resolve);
        outgoing.on('error', fail);
        if (request.timeout) {
            outgoing.setTimeout(request.timeout, () => {
                const error: NodeJS.ErrnoException = new Error(`timeout of ${request.timeout}ms exceeded`);
                error.code = 'ECONNABORTED';
                outgoing.destroy(error);
            });
        }
        if (request.body instanceof ReadableStream) {
            pipeline(Readable.fromWeb(request.body as import('node:stream/web').ReadableStream), outgoing, () => undefined);
        } else {
            outgoing.end(bytes);
        }
    });
}

/** As the option `signal` of `http.request` does, which takes as long as all else that a request has to be set up with. */
function destroyWhenAborted(outgoing: http.ClientRequest, signal: AbortSignal): void {
    const destroy = () => {
        const error: NodeJS.ErrnoException = new Error('The operation was aborted');
        error.code = 'ABORT_ERR';
        outgoing.destroy(error);
    };
    if (signal.aborted) destroy();
    else signal.addEventListener('abort', destroy, { once: true });
}

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
    gzip: zlib.createGunzip,
    'x-gzip': zlib.createGunzip,
    deflate: zlib.createInflate,
    br: zlib.createBrotliDecompress,
};

function toResponse(message: http.IncomingMessage, decompress: boolean): OutboundResponse {
    const decoder = decompress ? decoders[(message.headers['content-encoding'] ?? '').toLowerCase()] : undefined;
    const headers: [string, string][] = [];
    for (let index = 0; index < message.rawHeaders.length; index += 2) {
        const name = (message.rawHeaders[index] as string).toLowerCase();
        if (decoder && (name === 'content-encoding' || name === 'content-length')) continue;
        headers.push([name, message.rawHeaders[index + 1] as string]);
    }
    return {
        status: message.statusCode ?? 0,
        statusText: message.statusMessage ?? '',
        headers,
        header: (wanted) => headers.find(([name]) => name === wanted)?.[1],
        body: decoder ? pipeline(message, decoder(), new PassThrough(), () => undefined) : message,
    };
}
