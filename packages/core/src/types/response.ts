import type { ResponseHeaders } from './transport.js';

/**
 * A whole answer, for the methods that give more than its body. Has the members of an axios response that carry no secret:
 * `config` and `request` do not exist, since they would hold the key.
 */
export interface NangoResponse<T = unknown> {
    data: T;
    status: number;
    statusText: string;
    /** By lower-case name. */
    headers: ResponseHeaders;
}

/** How the body of a proxied answer is handed over; as in axios, where `document` is text outside of browsers. */
export type ResponseType = 'json' | 'text' | 'document' | 'arraybuffer' | 'blob' | 'stream';
