import { NangoError } from '../errors/nango-error.js';
import { type SizeLimit, type StreamWatch, TransportFailure } from '../types/transport.js';

/** Reads a body to its end, or to its limit, as text without a byte order mark. */
export async function readFetchText(response: Response, controller: AbortController, limit: SizeLimit): Promise<string> {
    if (!fits(response, limit)) return new TextDecoder().decode(await readFetchBody(response, controller, limit));
    try {
        const text = await response.text();
        // A `fetch` that decompresses may leave the length of what it was sent.
        if (text.length > limit.most) throw limit.exceeded?.();
        return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    } catch (error) {
        throw error instanceof NangoError ? error : bodyFailure(error, controller);
    }
}

/** Whether a body is surely short enough, so that the runtime may read it in one go: that takes half of the time. */
function fits({ headers }: Response, { most, exceeded }: SizeLimit): boolean {
    const encoding = headers.get('content-encoding');
    // A byte of deflate stands for 1,032 at most.
    const growth = encoding === null ? 1 : /^(x-)?gzip$|^deflate$/.test(encoding) ? 1_032 : Number.POSITIVE_INFINITY;
    return exceeded !== undefined && Number(headers.get('content-length') ?? Number.NaN) * growth <= most;
}

/** Reads a body to its end, or to its limit. */
export async function readFetchBody(response: Response, controller: AbortController, limit: SizeLimit): Promise<Uint8Array> {
    const { most, exceeded } = limit;
    const full = (size: number) => (exceeded ? size > most : size >= most);
    try {
        if (fits(response, limit)) {
            const bytes = new Uint8Array(await response.arrayBuffer());
            if (bytes.length > most) throw exceeded?.();
            return bytes;
        }
        const reader = response.body?.getReader();
        const chunks: Uint8Array[] = [];
        let size = 0;
        while (reader && !full(size)) {
            const { done, value } = await reader.read();
            if (done) break;
            chunks.push(value);
            size += value.length;
        }
        if (full(size)) {
            // Not waited for: a body that goes on for ever may never have been cancelled.
            reader?.cancel().catch(() => undefined);
            if (exceeded) throw exceeded();
        }
        if (chunks.length === 1 && size <= most) return chunks[0] as Uint8Array;
        const bytes = new Uint8Array(Math.min(size, most));
        let offset = 0;
        for (const chunk of chunks) {
            bytes.set(chunk.subarray(0, bytes.length - offset), offset);
            offset += chunk.length;
        }
        return bytes;
    } catch (error) {
        throw error instanceof NangoError ? error : bodyFailure(error, controller);
    }
}

/** Hands a body over as a stream that ends with an error when the server goes silent while its reader wants more. */
export function streamFetchBody(response: Response, controller: AbortController, watch: StreamWatch): ReadableStream<Uint8Array> {
    const reader = response.body?.getReader();
    let timer: ReturnType<typeof setTimeout> | undefined;
    return new ReadableStream<Uint8Array>(
        {
            start(stream) {
                // A body of a caller's own fetch, or of a mock, may not heed the signal.
                controller.signal.addEventListener('abort', () => {
                    clearTimeout(timer);
                    watch.ended();
                    stream.error(controller.signal.reason);
                });
            },
            async pull(stream) {
                if (watch.idleTimeout !== undefined)
                    // Twice: a process that was stopped or busy for so long hears of the time before it hears of bytes that came meanwhile.
                    timer = setTimeout(
                        () => {
                            timer = setTimeout(() => controller.abort(watch.timedOut()), 0);
                        },
                        Math.min(watch.idleTimeout, 2_147_483_647),
                    );
                try {
                    const next = await reader?.read();
                    if (!next || next.done) {
                        watch.ended();
                        stream.close();
                    } else {
                        stream.enqueue(next.value);
                    }
                } catch (error) {
                    watch.ended();
                    const failure = bodyFailure(error, controller);
                    stream.error(failure instanceof TransportFailure ? watch.failed(failure) : failure);
                } finally {
                    clearTimeout(timer);
                }
            },
            async cancel(reason) {
                watch.ended();
                await reader?.cancel(reason);
            },
        },
        { highWaterMark: 0 },
    );
}

function bodyFailure(error: unknown, controller: AbortController): unknown {
    if (controller.signal.aborted) return controller.signal.reason;
    const message = error instanceof Error ? error.message : '';
    const text = `${message} ${String((error as { cause?: { message?: unknown } })?.cause?.message ?? '')}`;
    const undecodable = /incorrect header check|decompress|decod|zlib|brotli|gzip/i.test(text);
    return new TransportFailure(undecodable ? 'undecodable' : 'truncated', 'answered', undefined, 'the body broke off');
}
