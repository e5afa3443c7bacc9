import ky from 'ky';
import { readFetchBody, streamFetchBody } from './fetch-body.js';
import { classifyFetchFailure } from './fetch-failure.js';
import { toFetchBody } from './fetch-request-body.js';
import type { ResponseHeaders, Transport, TransportRequest, TransportResponse } from './transport.js';

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
                // Looked up at each call, so that tests and tracers that replace the global are seen.
                fetch: this.#fetch ?? globalThis.fetch,
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

function plainHeaders(headers: Headers): ResponseHeaders {
    const plain: ResponseHeaders = {};
    headers.forEach((value, name) => {
        plain[name] = value;
    });
    const cookies = headers.getSetCookie?.();
    if (cookies?.length) plain['set-cookie'] = cookies;
    return plain;
}
