import ky from 'ky';
import { readFetchBody, streamFetchBody } from './fetch-body.js';
import { classifyFetchFailure } from './fetch-failure.js';
import { toFetchBody } from './fetch-request-body.js';
import type { ResponseHeaders, Transport, TransportRequest, TransportResponse, WireBody } from './transport.js';

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
        cancellation.onCancel = (reason) => controller.abort(reason);
        let response: Response;
        try {
            response = await ky(base.origin + request.path, {
                method: request.method,
                headers: request.headers,
                body: toFetchBody(request.body),
                signal: controller.signal,
                retry: 0,
                timeout: false,
                throwHttpErrors: false,
                redirect: 'manual',
                fetch: fetchFor(request.body, this.#fetch),
            });
        } catch (error) {
            if (controller.signal.aborted) throw controller.signal.reason;
            throw classifyFetchFailure(error);
        }
        return {
            status: response.status,
            statusText: response.statusText,
            headers: plainHeaders(response.headers),
            bytes: (limit) => readFetchBody(response, controller, limit),
            text: async () => new TextDecoder().decode(await readFetchBody(response, controller)),
            stream: (watch) => streamFetchBody(response, controller, watch),
            discard: () => void response.body?.cancel().catch(() => undefined),
        };
    }
}

/** The global is looked up at each call, so that tests and tracers that replace it are seen. */
function fetchFor(body: WireBody | undefined, own: typeof globalThis.fetch | undefined): typeof globalThis.fetch {
    const chosen = own ?? globalThis.fetch;
    // ky calls it as a method of its options, which workerd's fetch refuses ("Illegal invocation").
    const send: typeof chosen = (input, init) => chosen(input, init);
    const { process } = globalThis as { process?: { versions?: { undici?: string; bun?: string } } };
    const streamed = typeof body === 'object' && !ArrayBuffer.isView(body);
    if (!streamed || process?.versions?.undici === undefined || process.versions.bun !== undefined) return send;
    // Node's fetch keeps all that it has sent of a stream for a redirect that it could not follow anyway, unless redirects are
    // errors and there is no window: the two conditions of the Fetch standard, "HTTP-network-or-cache fetch", step 8.1.
    return (input, init) => send(input, { ...init, window: null, redirect: 'error' });
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
