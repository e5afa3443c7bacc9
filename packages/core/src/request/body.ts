import { NangoInputError } from '../errors/input-error.js';
import type { WireBody } from '../types/transport.js';
import type { RequestHeaders } from './headers.js';

/** A request body that can be opened for each attempt. */
export interface BodySource {
    /** False for one-shot streams: what was sent once can't be sent again. */
    readonly replayable: boolean;
    /** The body as it goes out, and the headers that describe it. */
    open(): OpenedBody;
}

/** A body for one attempt. */
export interface OpenedBody {
    readonly body: WireBody;
    readonly headers: RequestHeaders;
    /** Bytes of a stream, when known: sent as `Content-Length` where the runtime allows it. */
    readonly length?: number | undefined;
}

const json: RequestHeaders = { 'content-type': 'application/json' };

/**
 * A JSON body, serialised once however often it is sent.
 *
 * @throws {NangoInputError} when JSON can't express the value (a cycle, a BigInt, nothing at all)
 */
export function jsonBody(value: unknown, operation: string): BodySource {
    let text: string | undefined;
    try {
        text = JSON.stringify(value);
    } catch (cause) {
        throw new NangoInputError(`${operation}: the body can't be written as JSON`, { operation, parameter: 'body', cause });
    }
    if (text === undefined)
        throw new NangoInputError(`${operation}: the body can't be written as JSON`, { operation, parameter: 'body' });
    const opened = { body: text, headers: json };
    return { replayable: true, open: () => opened };
}
