/** A request that the emulator makes: of the proxy, of a webhook, of a test of credentials. */
export interface OutboundRequest {
    method: string;
    url: URL;
    /** Names in lower case. */
    headers: Record<string, string>;
    body?: Uint8Array | ReadableStream<Uint8Array> | undefined;
    /** Send the body without its length. */
    chunked?: boolean | undefined;
    /** Decode gzip, deflate and br; `content-encoding` and `content-length` are then dropped. */
    decompress?: boolean;
    /** Over a connection that is kept for half a second. Else over one of its own: whoever calls in process may be ahead of the news that an upstream was closed. */
    reuse?: boolean;
    /** Milliseconds without a byte from the other side. */
    timeout?: number;
    signal?: AbortSignal | undefined;
    /** Send the first request's headers, credentials included, to a redirect's other host too. */
    forwardHeadersOnRedirect?: boolean;
}
