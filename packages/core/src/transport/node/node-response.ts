import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import {
    type Cancellation,
    type ResponseHeaders,
    type StreamWatch,
    TransportFailure,
    type TransportResponse,
} from '../../types/transport.js';
import { decoderFor } from './decoder.js';
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

    async text(): Promise<string> {
        return (await this.#collect()).toString('utf8');
    }

    bytes(limit?: number): Promise<Uint8Array> {
        return this.#collect(limit);
    }

    stream(watch: StreamWatch): Readable {
        const incoming = this.#incoming;
        const decoder = this.#hasBody() ? decoderFor(incoming.headers['content-encoding']) : undefined;
        publishFailure(incoming, /^ECONNRESET$/, () => watch.failed(truncated()));
        if (decoder) publishFailure(decoder, /^(?:Z_|ERR_)/, () => watch.failed(undecodable()));
        // `pipeline` passes errors and an early end on; it reports them as an `error` event of the stream handed over.
        // Never the raw message: printed, it shows its request, and with it the key.
        const { pipeline, PassThrough } = process.getBuiltinModule('node:stream');
        const body: Readable = pipeline(incoming, decoder ?? new PassThrough({ highWaterMark: 64 * 1024 }), () => undefined);
        this.#cancellation.onCancel = (reason) => body.destroy(reason instanceof Error ? reason : new Error(String(reason)));
        if (watch.idleTimeout !== undefined) watchSilence(incoming, body, watch.idleTimeout, watch.timedOut);
        body.once('close', watch.ended);
        return body;
    }

    discard(): void {
        this.#incoming.on('error', () => undefined);
        this.#incoming.resume();
    }

    #hasBody(): boolean {
        return this.#method !== 'HEAD' && this.status !== 204 && this.status !== 304;
    }

    #collect(limit?: number): Promise<Buffer> {
        const incoming = this.#incoming;
        const decoder = this.#hasBody() ? decoderFor(incoming.headers['content-encoding']) : undefined;
        return new Promise((resolve, reject) => {
            const source: Readable = decoder ?? incoming;
            const chunks: Buffer[] = [];
            let size = 0;
            const fail = (reason: unknown) => {
                reject(reason);
                incoming.destroy();
                decoder?.destroy();
            };
            this.#cancellation.onCancel = fail;
            source.on('data', (chunk: Buffer) => {
                chunks.push(chunk);
                size += chunk.length;
                if (limit !== undefined && size >= limit) {
                    resolve(Buffer.concat(chunks, limit));
                    incoming.destroy();
                }
            });
            source.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
            // 'error' comes for a broken connection; 'close' without an end is the same on some paths.
            incoming.on('error', () => fail(truncated()));
            incoming.on('close', () => {
                if (!incoming.complete) fail(truncated());
            });
            if (decoder) {
                decoder.on('error', () => fail(incoming.complete || !incoming.destroyed ? undecodable() : truncated()));
                incoming.pipe(decoder);
            }
        });
    }
}

/** Has a stream end with this package's error where Node's own would tell the reader nothing. */
function publishFailure(stream: Readable, code: RegExp, failure: () => unknown): void {
    const destroy = stream._destroy;
    stream._destroy = (error, done) => {
        const own = (error as { code?: unknown } | null)?.code;
        destroy.call(stream, typeof own === 'string' && code.test(own) ? (failure() as Error) : error, done);
    };
}

const truncated = () => new TransportFailure('truncated', 'answered', undefined, 'the body broke off');
const undecodable = () => new TransportFailure('undecodable', 'answered', undefined, 'the body could not be decompressed');
