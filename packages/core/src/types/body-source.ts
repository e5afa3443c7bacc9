import type { RequestHeaders, WireBody } from './transport.js';

/** A request body that can be opened for each attempt. */
export interface BodySource {
    /** False for one-shot streams: what was sent once can't be sent again. */
    readonly replayable: boolean;
    /** The body as it goes out, and the headers that describe it. */
    open(): OpenedBody;
    /** What of the body is at hand as text or bytes, so that an error repeats no secret of it. */
    peek?(): string | Uint8Array;
    /** Called when a stream fails, even before anybody reads it; only the last listener is called. */
    watch?(failed: (error: unknown) => void): void;
    /** Called when the call is over: a stream that was not read to its end is destroyed. */
    discard?(): void;
}

/** A body for one attempt. */
export interface OpenedBody {
    readonly body: WireBody;
    readonly headers: RequestHeaders;
    /** Bytes of a stream, when known: sent as `Content-Length` where the runtime allows it. */
    readonly length?: number | undefined;
}
