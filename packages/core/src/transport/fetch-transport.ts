import ky from 'ky';
import type { ResponseHeaders, Transport, TransportRequest, TransportResponse } from '../types/transport.js';
import { readFetchBody, readFetchText, streamFetchBody } from './fetch-body.js';
import { classifyFetchFailure } from './fetch-failure.js';
import { toFetchBody } from './fetch-request-body.js';

/**
 * Sends requests through `fetch`, by way of ky. Retries, time limits and error mapping are the pipeline's, so ky's are off:
 * ky sends early when it caps a long `Retry-After`, and its errors hold the request with the key. What is off is not bundled either:
 * scripts/build/slim-ky.ts.
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
        let response: Response;
        try {
            const answer = ky(base.origin + request.path, {
                // All else goes past ky: its `Request` costs less without, and another undici than Node's own takes it for a URL.
                method: request.method,
                retry: 0,
                timeout: false,
                throwHttpErrors: false,
                fetch: () => this.#send(request, controller.signal, end),
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
            text: (limit) => uncut(readFetchText(response, controller, limit)),
            stream: (watch) => streamFetchBody(response, controller, watch),
            discard: () => void response.body?.cancel().catch(() => undefined),
        };
    }

    async #send(request: TransportRequest, signal: AbortSignal, failed: (error: unknown) => void): Promise<Response> {
        // ky takes some turns before it comes here.
        signal.throwIfAborted();
        const { method, headers } = request;
        const body = toFetchBody(request.body, failed);
        const init: RequestInit = { method, headers, body, signal, redirect: 'manual' };
        if (typeof body === 'object' && body !== null && !ArrayBuffer.isView(body)) streamed(init);
        const url = request.base.origin + request.path;
        // The global is looked up at each call, so that tests and tracers that replace it are seen.
        return this.#fetch ? this.#fetch(url, init) : globalThis.fetch(url, init);
    }
}

/** What a body that is a stream needs: the standard wants `duplex`. */
function streamed(init: RequestInit): void {
    Object.assign(init, { duplex: 'half' });
    const { process } = globalThis as { process?: { versions?: { undici?: string; bun?: string } } };
    if (process?.versions?.undici === undefined || process.versions.bun !== undefined) return;
    // Node's fetch keeps all that it has sent of a stream for a redirect that it could not follow anyway, unless redirects are
    // errors and there is no window: the two conditions of the Fetch standard, "HTTP-network-or-cache fetch", step 8.1.
    // A source that never makes it wait keeps undici from hearing of anything else, the source's own failure included.
    const paced = (init.body as ReadableStream).pipeThrough(new TransformStream());
    Object.assign(init, { window: null, redirect: 'error', body: paced });
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
