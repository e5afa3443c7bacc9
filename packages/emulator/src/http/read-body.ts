import type { IncomingMessage } from 'node:http';
import { collectBytes } from './collect-bytes.js';

/** Bodies may have 75 MB; more falls into the generic handler (contract 1). */
export const bodyLimit = 75 * 1024 * 1024;

/**
 * The whole body of a request, counted while it comes: the length that a sender announces may be missing or wrong.
 *
 * @param incoming - where it comes from: a `Request` can not carry the body of a GET, and makes streams of any other
 * @throws Error when the body is longer than the limit
 */
export async function readBody(request: Request, incoming?: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
    checkLength(request);
    // Whoever has looked at the request's own body has begun to read what comes in.
    if (incoming && !incoming.readableDidRead && !incoming.destroyed) return collectBytes(incoming, bodyLimit, tooLarge);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > bodyLimit) throw tooLarge();
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

/** @throws Error when a request announces more than the limit */
export function checkLength(request: Request): void {
    if (Number(request.headers.get('content-length')) > bodyLimit) throw tooLarge();
}

export const tooLarge = () => new Error('The body is too large.');
