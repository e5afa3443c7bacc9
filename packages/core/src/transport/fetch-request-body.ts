import type { ReadableLike, WireBody } from '../types/transport.js';

/**
 * A body as every `fetch` takes it: a Node stream becomes a web stream.
 *
 * @param failed called with what ended the stream: `fetch` itself would only say that it failed
 */
export function toFetchBody(body: WireBody | undefined, failed: (error: unknown) => void): BodyInit | null {
    if (body === undefined) return null;
    if (typeof body === 'string' || ArrayBuffer.isView(body)) return body as BodyInit;
    return 'getReader' in body ? body : fromNodeStream(body, failed);
}

type OldStream = ReadableLike & { pause?(): void; resume?(): void };

function fromNodeStream(source: ReadableLike, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
    const iterate = (source as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator];
    if (!iterate) return fromOldStream(source, failed);
    const items = iterate.call(source);
    return new ReadableStream<Uint8Array>(
        {
            async pull(stream) {
                try {
                    const { done, value } = await items.next();
                    if (done) stream.close();
                    else stream.enqueue(toBytes(value));
                } catch (error) {
                    failed(error);
                    throw error;
                }
            },
            async cancel() {
                await items.return?.();
            },
        },
        { highWaterMark: 0 },
    );
}

/** A stream in the style before Node 0.10, as the forms of the npm package `form-data` are: it pushes unless it is paused. */
function fromOldStream(source: OldStream, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
        start(stream) {
            source.on('data', (chunk: unknown) => {
                stream.enqueue(toBytes(chunk));
                if ((stream.desiredSize ?? 0) <= 0) source.pause?.();
            });
            source.on('end', () => stream.close());
            source.on('error', (error: unknown) => {
                failed(error);
                stream.error(error);
            });
        },
        pull: () => source.resume?.(),
        cancel: () => void source.destroy?.(),
    });
}

function toBytes(chunk: unknown): Uint8Array {
    return typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
}
