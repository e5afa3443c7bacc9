import { stableJson } from './stable-json.js';
import { warnOnce } from './warn-once.js';

/** A request body exactly as it was received. A Node `Buffer` is a `Uint8Array`. */
export type RawBody = string | Uint8Array | ArrayBuffer;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The kind of a value whichever realm made it (jest runs tests in a realm of their own). */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether a value may be a parsed body: JSON would write a Map, a stream or a promise as `{}`. */
export const isParsed = (value: unknown): boolean => ['Object', 'Array'].includes(kindOf(value));

/** The bytes of text, of a buffer, or of any view of one; undefined for anything else. */
export function bytesOf(body: unknown): Uint8Array | undefined {
    if (typeof body === 'string') return utf8(body);
    if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    return kindOf(body) === 'ArrayBuffer' ? new Uint8Array(body as ArrayBuffer) : undefined;
}

/** What there is of a body to verify. */
export interface ReceivedBody {
    /** The bytes that were signed; none of nothing, a promise or a stream. */
    readonly bytes: Uint8Array | undefined;
    /** The bytes are not those that were sent, but written again. */
    readonly parsed?: boolean;
}

/** A body that was already parsed is written again the way Nango writes it, which usually, but not always, gives the same bytes. */
export function receivedBody(body: unknown): ReceivedBody {
    try {
        if (!isParsed(body)) return { bytes: bytesOf(body) };
        const bytes = utf8(stableJson(body) as string);
        warnOnce('@x/webhooks got a parsed body and had to serialise it again to check its signature. Pass the raw body.');
        return { bytes, parsed: true };
    } catch {
        return { bytes: undefined };
    }
}
