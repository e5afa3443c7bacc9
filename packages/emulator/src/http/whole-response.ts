import type { ServerResponse } from 'node:http';

type Body = string | Uint8Array<ArrayBuffer>;

interface WholeResponse extends Response {
    readonly whole: Body;
}

/**
 * Not a class of this module: the first look at `Response` loads all of fetch, and no start is to wait for that. Made again when an app in
 * the same process has replaced the global one, as Hono's server does: an answer is an instance of it.
 */
let Whole: (new (body: Body, init: ResponseInit) => WholeResponse) | undefined;

/** An answer whose body is known: a stream is made of it only if someone reads it as one. */
export function wholeResponse(body: Body, init: ResponseInit): Response {
    if (Whole === undefined || Object.getPrototypeOf(Whole) !== Response) Whole = makeClass();
    return new Whole(body, init);
}

function makeClass() {
    class WholeResponse extends Response {
        readonly whole: Body;
        #read: Response | undefined;

        constructor(body: Body, init: ResponseInit) {
            super(null, init);
            this.whole = body;
        }

        /** The same answer with a stream. */
        get streamed(): Response {
            this.#read ??= new Response(this.whole, { headers: this.headers });
            return this.#read;
        }

        override get body() {
            return this.streamed.body;
        }

        override get bodyUsed() {
            return this.#read?.bodyUsed === true;
        }

        override clone(): Response {
            const { status, statusText, headers } = this;
            return new Response(this.streamed.clone().body, { status, statusText, headers });
        }
    }
    for (const name of ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const) {
        if (!(name in Response.prototype)) continue;
        const read = function (this: WholeResponse) {
            return (this.streamed as unknown as Record<string, () => unknown>)[name]?.();
        };
        Object.defineProperty(WholeResponse.prototype, name, { value: read, configurable: true, writable: true });
    }
    return WholeResponse;
}

/** What the adapter leaves alone. No `Response`: it sends the bare ones of its own class, which an app beside may have made the global one. */
let alreadySent: Response | undefined;

/** Sends an answer whose body is known, and gives the adapter one to leave alone; any other answer is given back for the adapter to send. */
export function sendWhole(response: Response, outgoing: ServerResponse): Response {
    const { whole } = response as Partial<WholeResponse>;
    if (whole === undefined || response.bodyUsed) return response;
    const headers: Record<string, string | number | string[]> = Object.fromEntries(response.headers);
    if ('set-cookie' in headers) headers['set-cookie'] = response.headers.getSetCookie();
    headers['content-length'] ??= typeof whole === 'string' ? Buffer.byteLength(whole) : whole.byteLength;
    outgoing.writeHead(response.status, headers);
    outgoing.end(whole);
    alreadySent ??= { headers: new Headers({ 'x-hono-already-sent': 'true' }), body: null } as Response;
    return alreadySent;
}
