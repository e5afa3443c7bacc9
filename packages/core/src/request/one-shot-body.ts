import { argumentError, inputError } from '../errors/input-error.js';
import type { BodySource } from '../types/body-source.js';
import type { ReadableLike } from '../types/transport.js';
import { describe } from './describe.js';

/** A Node stream, as far as its way through a call asks for. */
type NodeStream = ReadableLike & {
    readonly readable?: unknown;
    readonly readableEnded?: unknown;
    readonly destroyed?: unknown;
    readonly write?: unknown;
    readonly readableObjectMode?: boolean;
    readonly errored?: unknown;
    readonly httpVersion?: unknown;
    resume?(): unknown;
    [Symbol.asyncIterator]?(): AsyncIterator<unknown>;
};

/** How to let go of a web stream that has been taken already: only its reader can end it. */
const taken = new WeakMap<object, () => void>();

/**
 * A body that is a stream. It belongs to the call from now on, however long that waits before it sends: the stream's failure is the
 * call's, and a call that ends without having read it destroys it.
 *
 * @param length bytes, when known
 * @throws {NangoInputError} for a stream that somebody reads already, has read to its end or destroyed, and for one that can only be written to
 */
export function oneShotBody(stream: ReadableLike | ReadableStream<Uint8Array>, operation: string, length?: number): BodySource {
    let failure: { readonly error: unknown } | undefined;
    let tell: ((error: unknown) => void) | undefined;
    const failed = (error: unknown) => {
        failure ??= { error };
        tell?.(failure.error);
    };
    let opened = false;
    // Whoever reads a Node stream directly hears of its failure, and may well be the one who destroys it for another's.
    const failedUnread = (error: unknown) => {
        if (!opened) failed(error);
    };
    const { body, discard } =
        'getReader' in stream ? ofWebStream(stream, operation, failed) : ofNodeStream(stream, operation, failed, failedUnread);
    return {
        replayable: false,
        open() {
            if (failure) throw failure.error;
            opened = true;
            return { body, headers: {}, length };
        },
        watch(listener) {
            tell = listener;
            if (failure) listener(failure.error);
        },
        discard() {
            tell = undefined;
            discard();
        },
    };
}

/** Gives up a stream that is not going to be sent, e.g. since another argument was wrong. Anything else is left alone. */
export function abandonStream(data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    if (typeof (data as ReadableStream).getReader === 'function') {
        const discard = taken.get(data);
        if (discard) discard();
        // One that somebody else reads is not ours to end.
        else (data as ReadableStream).cancel().catch(() => undefined);
    } else if (typeof (data as ReadableLike).pipe === 'function' && typeof (data as ReadableLike).on === 'function') {
        (data as ReadableLike).on('error', () => undefined);
        destroy(data as NodeStream);
    }
}

function ofNodeStream(
    stream: NodeStream,
    operation: string,
    failed: (error: unknown) => void,
    failedUnread: (error: unknown) => void,
) {
    stream.on('error', failedUnread);
    if (stream.errored) failed(stream.errored);
    else requireUnread(stream, operation);
    const iterate = stream.readableObjectMode ? stream[Symbol.asyncIterator] : undefined;
    return { body: iterate ? ofItems(iterate.call(stream), operation, failed) : stream, discard: () => destroy(stream) };
}

/** It would send nothing, or a request that breaks off. */
function requireUnread(stream: NodeStream, operation: string): void {
    const what =
        stream.readableEnded === true
            ? 'was read to its end already, e.g. by a body parser or an earlier call: make a new one'
            : stream.destroyed === true
              ? 'was destroyed already, e.g. by an earlier call that it was given to: make a new one'
              : stream.readable === undefined && typeof stream.write === 'function' && !stream[Symbol.asyncIterator]
                ? 'can only be written to'
                : undefined;
    if (what === undefined) return;
    throw inputError(operation, 'data', `the stream in \`data\` ${what}`);
}

function ofWebStream(stream: ReadableStream<Uint8Array>, operation: string, failed: (error: unknown) => void) {
    if (stream.locked) {
        throw argumentError(operation, 'data', 'is a stream that somebody else reads already');
    }
    const reader = stream.getReader();
    reader.closed.catch(failed);
    const items = {
        next: async () => {
            const { done, value } = await reader.read();
            return { done, value } as IteratorResult<unknown>;
        },
        return: async () => {
            await reader.cancel();
            return { done: true, value: undefined } as const;
        },
    };
    const discard = () => void reader.cancel().catch(() => undefined);
    taken.set(stream, discard);
    return { body: ofItems(items, operation, failed), discard };
}

function ofItems(items: AsyncIterator<unknown>, operation: string, failed: (error: unknown) => void): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
        {
            async pull(sink) {
                try {
                    const { done, value } = await items.next();
                    if (done) sink.close();
                    else sink.enqueue(bytesOf(value, operation));
                } catch (error) {
                    failed(error);
                    sink.error(error);
                    await items.return?.();
                }
            },
            async cancel() {
                await items.return?.();
            },
        },
        { highWaterMark: 0 },
    );
}

/** @throws {NangoInputError} for what a stream of objects gives */
function bytesOf(chunk: unknown, operation: string): Uint8Array {
    if (typeof chunk === 'string') return new TextEncoder().encode(chunk);
    if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
    throw inputError(
        operation,
        'data',
        `the stream in \`data\` gives ${describe(chunk)} where a body is made of text or bytes; pass an object or array itself to send it as JSON`,
    );
}

function destroy(stream: NodeStream): void {
    // A request that a server of the caller's is still to answer: its connection must live on.
    if (stream.httpVersion !== undefined) stream.resume?.();
    else stream.destroy?.();
}
