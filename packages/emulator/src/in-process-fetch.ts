/**
 * A `fetch` that is answered in this process: it takes what the global one takes, fails as that fails, and heeds a signal. The host of an
 * address is not looked at. Redirects are left to the caller.
 * @param answer - who answers
 * @param origin - what an address without one is relative to
 */
export function inProcessFetch(answer: (request: Request) => Promise<Response>, origin: () => string): typeof globalThis.fetch {
    return async (input, init) => {
        const given = input instanceof Request ? input : new URL(String(input), origin());
        const request = given instanceof Request && !init ? given : new Request(given, init);
        const { signal } = request;
        signal.throwIfAborted();
        const response = await raceAbort(answer(request), signal);
        if (!response.body) return response;
        const { status, statusText, headers } = response;
        return new Response(response.body.pipeThrough(new TransformStream(), { signal }), { status, statusText, headers });
    };
}

/** As the global fetch fails when nobody listens, or a connection breaks. */
export function fetchFailed(code: 'ECONNREFUSED' | 'ECONNRESET', message: string): TypeError {
    return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
        const abort = () => reject(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
}
