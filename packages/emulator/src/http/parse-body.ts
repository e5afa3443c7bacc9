import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { keepText } from '../base/kept-text.js';
import { CodedError } from '../errors/coded-error.js';
import { qs } from './qs.js';
import { bodyLimit, readBody, tooLarge } from './read-body.js';

/** @throws CodedError 400 `invalid_json` when the text is not a JSON object or array: scalars are refused too (contract 1.2) */
function parseJson(text: string): unknown {
    const first = text.trimStart().charAt(0);
    if (first === '{' || first === '[') {
        try {
            return JSON.parse(text);
        } catch {
            // Reported below, in the emulator's own words: the parser's would repeat a part of the body.
        }
    }
    throw new CodedError(400, 'invalid_json', 'The request body is not a JSON object or array.');
}

const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer> = {
    gzip: gunzipSync,
    deflate: inflateSync,
    br: brotliDecompressSync,
};

/** Compressed bodies are read (contract 14.2), and count by what they hold: a few kilobytes can hold gigabytes. @throws CodedError 400 `invalid_json` when one can't be */
function inflated(body: Buffer, encoding: string | null): Buffer {
    if (encoding === null || encoding === 'identity' || body.length === 0) return body;
    try {
        const decode = decoders[encoding.toLowerCase()];
        if (decode) return decode(body, { maxOutputLength: bodyLimit });
    } catch (error) {
        if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
        // Else reported below.
    }
    throw new CodedError(400, 'invalid_json', 'The body is not in the Content-Encoding that it names.');
}

/** The server itself falls over other charsets (contract 1.3): 400 is right. */
function checkCharset(headers: Headers): void {
    const charset = /;\s*charset="?([\w-]+)/i.exec(headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
    if (!/^utf-?8$/i.test(charset)) throw new CodedError(400, 'invalid_json', `Send the body as UTF-8, not as ${charset}.`);
}

/**
 * The body as the server's parsers leave it: undefined when the request has none or its type is not one that they read; `{}` when a
 * body of length 0 is announced.
 *
 * @param incoming - what Node has of the request, see {@link readBody}
 */
export async function parseBody(request: Request, incoming?: IncomingMessage): Promise<unknown> {
    const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const json = type === 'application/json';
    if (!json && type !== 'application/x-www-form-urlencoded') return undefined;
    const announced = request.headers.has('content-length') || request.headers.has('transfer-encoding');
    const body = await readBody(request, incoming);
    checkCharset(request.headers);
    const text = new TextDecoder().decode(inflated(body, request.headers.get('content-encoding')));
    if (text === '') return announced ? {} : undefined;
    keepText(request, text);
    return json ? parseJson(text) : qs().parse(text, { allowPrototypes: true });
}
