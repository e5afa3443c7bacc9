import ky from 'ky';
import type { ResponseHeaders, Transport, TransportRequest, TransportResponse } from '../types/transport.js';
import { readFetchBody, streamFetchBody } from './fetch-body.js';
import { classifyFetchFailure } from './fetch-failure.js';
import { toFetchBody } from './fetch-request-body.js';

/**
 * Sends requests through `fetch`, by way of ky. Retries, time limits and error mapping are the pipeline's, so ky's are off:
 * ky sends early when it caps a long `Retry-After`, and its errors hold the request with the key.
 */
export class FetchTransport implements Transport {
    readonly #fetch: typeof globalThis.fetch | undefined;

    constructor(fetch: typeof globalThis.fetch | undefined) {
        this.#fetch = fetch;
    }

    async send(request: TransportRequest): Promise<TransportResponse> {
        const { cancellation, base } = request;
        const controller = new AbortController();
        // A fetch of the caller's own, or a mock, may not heed the signal: it must not hold the call past its limits.
        let end: (reason: unknown) => void = () => undefined;
        const cut = new Promise<never>((_, reject) => {
            end = (reason) => {
                controller.abort(reason);
                reject(reason);
            };
            cancellation.onCancel = end;
        });
        // A limit that was reached before we were here: nothing is sent.
        if (controller.signal.aborted) return cut;
        const uncut = <T>(reading: Promise<T>) => Promise.race([reading, cut]);
        const url = base.origin + request.path;
        const init: RequestInit = {
            method: request.method,
            headers: request.headers,
            body: toFetchBody(request.body, end),
            signal: controller.signal,
            redirect: 'manual',
        };
        let response: Response;
        try {
            const answer = ky(url, {
                // A fetch of the caller's gets all of it from us, and ky's `Request` costs less without.
                ...(this.#fetch ? { method: request.method } : { ...init, body: init.body ?? null }),
                retry: 0,
                timeout: false,
                throwHttpErrors: false,
                fetch: fetchFor(url, init, this.#fetch),
            });
            response = await uncut(answer);
        } catch (error) {
            if (controller.signal.aborted) throw controller.signal.reason;
            throw classifyFetchFailure(error);
        }
        return {
            status: response.status,
            statusText: response.statusText,
            headers: plainHeaders(response.headers),
            bytes: (limit) => uncut(readFetchBody(response, controller, limit)),
            text: async (limit) => new TextDecoder().decode(await uncut(readFetchBody(response, controller, limit))),
            stream: (watch) => streamFetchBody(response, controller, watch),
            discard: () => void response.body?.cancel().catch(() => undefined),
        };
    }
}

/**
 * The global is looked up at each call, so that tests and tracers that replace it are seen. A fetch of the caller's gets a URL
 * and plain options: another undici than Node's own takes ky's `Request` for a URL, and fails.
 */
function fetchFor(url: string, init: RequestInit, own: typeof globalThis.fetch | undefined): typeof globalThis.fetch {
    const streamed = typeof init.body === 'object' && init.body !== null && !ArrayBuffer.isView(init.body);
    const more = streamed ? streamOptions() : undefined;
    // ky takes some turns before it comes here.
    const unlessCut = () => init.signal?.throwIfAborted();
    if (own)
        return async () => {
            unlessCut();
            return own(url, { ...init, ...more, ...(more?.window === null && { body: paced(init.body) }) });
        };
    // ky calls it as a method of its options, which workerd's fetch refuses ("Illegal invocation").
    const send: typeof globalThis.fetch = (input, options) => globalThis.fetch(input, options);
    return more ? (input, options) => send(input, { ...options, ...more }) : send;
}

/** `duplex`: the standard wants it said for a body that is a stream. */
function streamOptions(): RequestInit {
    const duplex = { duplex: 'half' } as RequestInit;
    const { process } = globalThis as { process?: { versions?: { undici?: string; bun?: string } } };
    if (process?.versions?.undici === undefined || process.versions.bun !== undefined) return duplex;
    // Node's fetch keeps all that it has sent of a stream for a redirect that it could not follow anyway, unless redirects are
    // errors and there is no window: the two conditions of the Fetch standard, "HTTP-network-or-cache fetch", step 8.1.
    return { ...duplex, window: null, redirect: 'error' };
}

/** A source that never makes it wait keeps undici from hearing of anything else, the source's own failure included. */
function paced(body: unknown): ReadableStream {
    return (body as ReadableStream).pipeThrough(new TransformStream());
}

function plainHeaders(headers: Headers): ResponseHeaders {
    const plain: ResponseHeaders = {};
    headers.forEach((value, name) => {
        plain[name] = value;
    });
    const cookies = headers.getSetCookie?.();
    if (cookies?.length) plain['set-cookie'] = cookies;
    return plain;
}
