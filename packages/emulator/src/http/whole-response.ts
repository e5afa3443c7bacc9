import type { ServerResponse } from 'node:http';

type Body = string | Uint8Array<ArrayBuffer>;

interface Init {
    status: number;
    /** Plain ones are set without making `Headers` of them. */
    headers?: Record<string, string> | Headers;
}

interface WholeResponse extends Response {
    readonly whole: Body;
    addMissing(headers: Record<string, string>): void;
    pairs(): [name: string, value: string][];
}

/**
 * Not a class of this module: the first look at `Response` loads all of fetch, and no start is to wait for that. Made again when an app in
 * the same process has replaced the global one, as Hono's server does: an answer is an instance of it.
 */
let Whole: (new (body: Body, init: Init) => WholeResponse) | undefined;

/** An answer whose body is known: a stream is made of it, and `Headers` of its headers, only if someone looks at them as such. */
export function wholeResponse(body: Body, init: Init): Response {
    if (Whole === undefined || Object.getPrototypeOf(Whole) !== Response) Whole = makeClass();
    return new Whole(body, init);
}

/** Sets those headers that an answer does not have yet. */
export function addMissingHeaders(response: Response, headers: Record<string, string>): void {
    if (isWhole(response)) response.addMissing(headers);
    else for (const name in headers) setMissing(response.headers, name, headers[name] as string);
}

/** Names in lower case and in order, as a walk over `Headers` gives them. */
export const headerPairs = (response: Response): [name: string, value: string][] =>
    isWhole(response) ? response.pairs() : [...response.headers];

function setMissing(headers: Headers, name: string, value: string): void {
    if (!headers.has(name)) headers.set(name, value);
}

const isWhole = (response: Response): response is WholeResponse => 'whole' in response;

/** The names of `Headers`: what is given twice in other spellings is joined. */
function lowerCase(headers: Record<string, string>): Record<string, string> {
    const plain: Record<string, string> = {};
    for (const name in headers) {
        const lower = name.toLowerCase();
        const value = headers[name] as string;
        plain[lower] = Object.hasOwn(plain, lower) ? `${plain[lower]}, ${value}` : value;
    }
    return plain;
}

function makeClass() {
    /** An instance of `Response` that its constructor has not seen: to set one up takes longer than all else that is done to send it. */
    class WholeResponse {
        readonly #plain: Record<string, string>;
        #headers: Headers | undefined;
        #read: Response | undefined;
        readonly status: number;
        readonly statusText = '';
        readonly type = 'default';
        readonly url = '';
        readonly redirected = false;

        constructor(
            readonly whole: Body,
            { status, headers = {} }: Init,
        ) {
            this.status = status;
            if (headers instanceof Headers) this.#headers = headers;
            this.#plain = headers instanceof Headers ? {} : lowerCase(headers);
        }

        get ok() {
            return this.status >= 200 && this.status < 300;
        }

        get headers(): Headers {
            this.#headers ??= new Headers(this.#plain);
            return this.#headers;
        }

        addMissing(headers: Record<string, string>): void {
            for (const name in headers) {
                const value = headers[name] as string;
                const lower = name.toLowerCase();
                if (this.#headers) setMissing(this.#headers, name, value);
                else if (!Object.hasOwn(this.#plain, lower)) this.#plain[lower] = value;
            }
        }

        pairs(): [string, string][] {
            if (this.#headers) return [...this.#headers];
            return Object.keys(this.#plain)
                .sort()
                .map((name) => [name, this.#plain[name] as string]);
        }

        /** The same answer with a stream. */
        get streamed(): Response {
            this.#read ??= new Response(this.whole, { headers: this.headers });
            return this.#read;
        }

        get body() {
            return this.streamed.body;
        }

        get bodyUsed() {
            return this.#read?.bodyUsed === true;
        }

        clone(): Response {
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
    Object.setPrototypeOf(WholeResponse, Response);
    Object.setPrototypeOf(WholeResponse.prototype, Response.prototype);
    return WholeResponse as unknown as NonNullable<typeof Whole>;
}

/** In characters: from here on a copy takes longer than to hand over two texts. */
const longText = 30_000;

/** What the adapter leaves alone. No `Response`: it sends the bare ones of its own class, which an app beside may have made the global one. */
let alreadySent: Response | undefined;

/** Sends an answer whose body is known, and gives the adapter one to leave alone; any other answer is given back for the adapter to send. */
export function sendWhole(response: Response, outgoing: ServerResponse): Response {
    if (!isWhole(response) || response.bodyUsed) return response;
    const { whole } = response;
    const headers = response.pairs();
    if (!headers.some(([name]) => name === 'content-length')) {
        headers.push(['content-length', String(typeof whole === 'string' ? Buffer.byteLength(whole) : whole.byteLength)]);
    }
    outgoing.writeHead(response.status, headers.flat());
    if (typeof whole === 'string' && whole.length > longText) {
        // Node would make one text of the head and the body, which copies both.
        outgoing.cork();
        outgoing.flushHeaders();
    }
    outgoing.end(whole);
    alreadySent ??= { headers: new Headers({ 'x-hono-already-sent': 'true' }), body: null } as Response;
    return alreadySent;
}
