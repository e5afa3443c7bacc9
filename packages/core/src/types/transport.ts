import type { ServerBase } from './server-base.js';

/** A Node stream, as far as this package looks at it. */
export interface ReadableLike {
    pipe(destination: never): unknown;
    on(event: string, listener: (...args: never[]) => void): unknown;
    destroy?(error?: Error): unknown;
}

/** Header values by lower-case name, as both transports take them. */
export type RequestHeaders = Record<string, string>;

/** What a request body can be once it is ready to be sent. */
export type WireBody = string | Uint8Array | ReadableStream<Uint8Array> | ReadableLike;

/** A request, complete: a transport adds nothing but what HTTP itself needs. */
export interface TransportRequest {
    readonly base: ServerBase;
    /** Path and query, the base's own path included. */
    readonly path: string;
    readonly method: string;
    readonly headers: RequestHeaders;
    readonly body: WireBody | undefined;
    /** Bytes of a body that is a stream, when known. */
    readonly bodyLength?: number | undefined;
    /** Where the transport leaves the function that cuts the request, until the answer's body has ended. */
    readonly cancellation: Cancellation;
}

/** The part of a running call that a time limit or the caller's signal cuts. */
export interface Cancellation {
    /** Set while something can be cut; called at most once, with the error that the call rejects with. */
    onCancel: ((reason: unknown) => void) | undefined;
    /** The reason, once cut. */
    readonly reason: unknown;
    readonly cancelled: boolean;
}

/** Header values by lower-case name; `set-cookie` is an array, as in Node. */
// biome-ignore lint/suspicious/noExplicitAny: the type that code written for axios compiles against
export type ResponseHeaders = Record<string, any>;

/** An answer whose body has not been read. Exactly one of the four readers may be called. */
export interface TransportResponse {
    readonly status: number;
    readonly statusText: string;
    readonly headers: ResponseHeaders;
    /** Decompressed and decoded as UTF-8, without its byte order mark. */
    text(limit: SizeLimit): Promise<string>;
    /** Decompressed. */
    bytes(limit: SizeLimit): Promise<Uint8Array>;
    /** Decompressed: a Node `Readable` from `node:http`, a web stream from `fetch`. */
    stream(idle: StreamWatch): unknown;
    /** Lets go of the connection without reading. */
    discard(): void;
}

/** How much of a body is read. */
export interface SizeLimit {
    /** Bytes, decompressed. */
    readonly most: number;
    /** Makes the error of a longer body; without it, the rest is thrown away. */
    exceeded?(): unknown;
}

/** What a streamed body reports. */
export interface StreamWatch {
    /** The longest silence of the server in ms while the reader wants more; `undefined` for any. */
    readonly idleTimeout: number | undefined;
    /** Makes the error of a silence that was too long. */
    timedOut(): unknown;
    /** Makes the error that the stream ends with when its connection or its compression fails. */
    failed(failure: TransportFailure): unknown;
    /** The stream has ended, failed or was given up by its reader. */
    ended(): void;
}

/** Sends one request and resolves at the answer's headers; rejects with a {@link TransportFailure}. */
export interface Transport {
    send(request: TransportRequest): Promise<TransportResponse>;
}

/** How far a request had come when it failed: decides whether it may be repeated. */
export type RequestProgress = 'not-sent' | 'maybe-sent' | 'answered';

/** Why no answer, or no whole answer, came. Internal: the pipeline makes the public error from it. */
export class TransportFailure {
    readonly progress: RequestProgress;
    readonly code: string | undefined;
    readonly kind: 'network' | 'truncated' | 'undecodable';
    /** What the runtime said; only its name and code are ever shown. */
    readonly message: string;

    constructor(
        kind: TransportFailure['kind'],
        progress: TransportFailure['progress'],
        code: string | undefined,
        message: string,
    ) {
        this.kind = kind;
        this.progress = progress;
        this.code = code;
        this.message = message;
    }
}
