import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import {
    type Cancellation,
    type ResponseHeaders,
    type SizeLimit,
    type StreamWatch,
    TransportFailure,
    type TransportResponse,
} from '../../types/transport.js';
import { decodersFor, decodeWhole, slack } from './decoder.js';
import { watchSilence } from './watch-silence.js';

/** An answer of `node:http`, its body unread. */
export class NodeResponse implements TransportResponse {
    readonly status: number;
    readonly statusText: string;
    readonly headers: ResponseHeaders;
    readonly #incoming: IncomingMessage;
    readonly #method: string;
    readonly #cancellation: Cancellation;

    constructor(incoming: IncomingMessage, method: string, cancellation: Cancellation) {
        this.status = incoming.statusCode ?? 0;
        this.statusText = incoming.statusMessage ?? '';
        this.headers = incoming.headers;
        this.#incoming = incoming;
        this.#method = method;
        this.#cancellation = cancellation;
    }

    text(limit: SizeLimit): Promise<string> {
        return this.#collect(limit, toText);
    }

    bytes(limit: SizeLimit): Promise<Uint8Array> {
        return this.#collect(limit, (body) => body);
    }

    stream(watch: StreamWatch): Readable {
        const incoming = this.#incoming;
        const decoders = decodersFor(this.#encoding);
        publishFailure(incoming, /^ECONNRESET$/, () => watch.failed(truncated()));
        for (const decoder of decoders) publishFailure(decoder, /^(?:Z_|ERR_)/, () => watch.failed(undecodable()));
        // `pipeline` passes errors and an early end on; it reports them as an `error` event of the stream handed over.
        // Never the raw message: printed, it shows its request, and with it the key.
        const { pipeline, PassThrough } = process.getBuiltinModule('node:stream');
        if (decoders.length === 0) decoders.push(new PassThrough({ highWaterMark: 64 * 1024 }));
        const body = decoders.at(-1) as Readable;
        pipeline([incoming, ...decoders], () => undefined);
        this.#cancellation.onCancel = (reason) => body.destroy(reason instanceof Error ? reason : new Error(String(reason)));
        if (watch.idleTimeout !== undefined) watchSilence(incoming, body, watch.idleTimeout, watch.timedOut);
        body.once('close', watch.ended);
        return body;
    }

    discard(): void {
        this.#incoming.on('error', () => undefined);
        this.#incoming.resume();
    }

    /** What the body is encoded with, if it can have one. */
    get #encoding(): string | undefined {
        const hasBody = this.#method !== 'HEAD' && this.status !== 204 && this.status !== 304;
        return hasBody ? this.#incoming.headers['content-encoding'] : undefined;
    }

    #collect<T>({ most, exceeded }: SizeLimit, make: (body: Buffer) => T): Promise<T> {
        const encoding = this.#encoding;
        // Of an error's body only its beginning is read, and that may be all that comes of it.
        if (!exceeded) return this.#read(decodersFor(encoding), most, exceeded, make);
        if (encoding === undefined) return this.#read([], most, exceeded, make);
        return this.#read([], most + slack, exceeded, (bytes) => this.#decompress(bytes, encoding, most, exceeded, make));
    }

    #decompress<T>(
        bytes: Buffer,
        encoding: string,
        most: number,
        exceeded: NonNullable<SizeLimit['exceeded']>,
        make: (body: Buffer) => T,
    ): T | Promise<T> {
        const finish = (body: Buffer | undefined): T => {
            if (!body) throw exceeded();
            return make(body);
        };
        const fail = () => {
            throw undecodable();
        };
        let body: ReturnType<typeof decodeWhole>;
        try {
            body = decodeWhole(bytes, encoding, most);
        } catch {
            return fail();
        }
        return body instanceof Promise ? this.#uncut(body.then(finish, fail)) : finish(body);
    }

    #uncut<T>(work: Promise<T>): Promise<T> {
        return new Promise((resolve, reject) => {
            this.#cancellation.onCancel = reject;
            work.then(resolve, reject);
        });
    }

    /** Reads the body and resolves to what `make` makes of it, as soon as the last byte is there: a promise less for each step. */
    #read<T>(
        decoders: Transform[],
        most: number,
        exceeded: SizeLimit['exceeded'],
        make: (body: Buffer) => T | Promise<T>,
    ): Promise<T> {
        const incoming = this.#incoming;
        return new Promise((resolve, reject) => {
            const source: Readable = decoders.at(-1) ?? incoming;
            const chunks: Buffer[] = [];
            let size = 0;
            const end = (body: Buffer) => {
                try {
                    resolve(make(body));
                } catch (error) {
                    reject(error);
                }
            };
            const fail = (reason: unknown) => {
                reject(reason);
                incoming.destroy();
                for (const decoder of decoders) decoder.destroy();
            };
            this.#cancellation.onCancel = fail;
            source.on('data', (chunk: Buffer) => {
                chunks.push(chunk);
                size += chunk.length;
                if (exceeded ? size > most : size >= most) {
                    if (!exceeded) end(Buffer.concat(chunks, most));
                    fail(exceeded?.());
                }
            });
            source.on('end', () => end(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
            // 'error' comes for a broken connection; 'close' without an end is the same on some paths.
            incoming.on('error', () => fail(truncated()));
            incoming.on('close', () => {
                if (!incoming.complete) fail(truncated());
            });
            let upper: Readable = incoming;
            for (const decoder of decoders) {
                decoder.on('error', () => fail(incoming.complete || !incoming.destroyed ? undecodable() : truncated()));
                upper = upper.pipe(decoder);
            }
        });
    }
}

function toText(bytes: Buffer): string {
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return bytes.toString('utf8', marked ? 3 : 0);
}

/** Has a stream end with this package's error where Node's own would say nothing to the reader. */
function publishFailure(stream: Readable, code: RegExp, failure: () => unknown): void {
    const destroy = stream._destroy;
    stream._destroy = (error, done) => {
        const own = (error as { code?: unknown } | null)?.code;
        destroy.call(stream, typeof own === 'string' && code.test(own) ? (failure() as Error) : error, done);
    };
}

const truncated = () => new TransportFailure('truncated', 'answered', undefined, 'the body broke off');
const undecodable = () => new TransportFailure('undecodable', 'answered', undefined, 'the body could not be decompressed');
