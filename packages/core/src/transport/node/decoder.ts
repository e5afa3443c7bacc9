import type { Transform } from 'node:stream';
import type * as zlib from 'node:zlib';

/** What undoes a coding, by the name that `node:zlib` gives it. */
type Step = 'gunzip' | 'brotliDecompress' | 'zstdDecompress' | 'inflate' | 'inflateRaw';
type Options = { maxOutputLength: number; chunkSize: number };
/** zstd came with Node 22.15, and is not among the types of Node 20. */
type Zlib = Pick<typeof zlib, 'createGunzip' | 'createBrotliDecompress' | 'createInflate' | 'createInflateRaw'> &
    Record<Step, (bytes: Buffer, options: Options, done: (error: Error | null, body: Buffer) => void) => void> &
    Record<`${Step}Sync`, (bytes: Buffer, options: Options) => Buffer> & {
        createZstdDecompress?(): Transform & { readonly bytesWritten: number };
    };

let zlibModule: Zlib | undefined;

/** Looked up once: that is more than a few lookups in an object. */
function nodeZlib(): Zlib {
    zlibModule ??= process.getBuiltinModule('node:zlib') as unknown as Zlib;
    return zlibModule;
}

/** By their names in `Content-Encoding`. */
const steps: Record<string, Step> = {
    gzip: 'gunzip',
    'x-gzip': 'gunzip',
    br: 'brotliDecompress',
    zstd: 'zstdDecompress',
    deflate: 'inflate',
    'x-deflate': 'inflate',
};

/** Bytes up to which a body is decompressed in one go: that blocks for less time than `JSON.parse` of them. */
const mostAtOnce = 4 * 1024 * 1024;

/** Deflate makes no more of a byte. */
const mostGrowth = 1_032;

/** What a buffer of Node 20 holds, and the most that zlib takes for a limit. */
const longest = 2 ** 32;

/** Compressed bytes are never much more than what they stand for: bodies that can't be made shorter get a little longer. */
export const slack = 65_536;

let accepted: string | undefined;

/** What is asked for with `Accept-Encoding`. */
export function acceptedEncodings(): string {
    accepted ??= nodeZlib().createZstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';
    return accepted;
}

let lastEncoding: string | undefined;
let lastSteps: readonly Step[] = [];

/** The steps that undo a `Content-Encoding`, in order; none when there is nothing to undo, or something unknown, as with `fetch`. */
function stepsFor(encoding: string | undefined): readonly Step[] {
    // A server says the same each time.
    if (encoding !== lastEncoding) {
        lastSteps = encoding === undefined ? [] : parseEncoding(encoding);
        lastEncoding = encoding;
    }
    return lastSteps;
}

function parseEncoding(encoding: string): Step[] {
    const found: Step[] = [];
    for (const coding of encoding.split(',').reverse()) {
        const step = steps[coding.trim().toLowerCase()];
        if (step === undefined || !(step in nodeZlib())) return [];
        found.push(step);
    }
    return found;
}

/** Some servers send a raw stream as `deflate`. A zlib header has compression method 8 in its low bits (RFC 1950, 2.2). */
const isRaw = (first: number) => (first & 0x0f) !== 8;

type Decoded = Buffer | undefined;

/**
 * Decompresses a whole body, which takes half as long as a stream does.
 *
 * @returns the body, by a promise if it is long; `undefined` if it is longer than `most` bytes
 * @throws zlib's error when it can't be decompressed
 */
export function decodeWhole(bytes: Buffer, encoding: string | undefined, most: number): Decoded | Promise<Decoded> {
    return undoFrom(0, stepsFor(encoding), bytes, most);
}

function undoFrom(at: number, all: readonly Step[], body: Buffer, most: number): Decoded | Promise<Decoded> {
    const step = all[at];
    // A 201 or 404 without a body may name the encoding that its body would have had.
    if (step === undefined || body.length === 0) return body.length > most ? undefined : body;
    const first = body[0] as number;
    const next = undo(step === 'inflate' && isRaw(first) ? 'inflateRaw' : step, body, most + slack);
    if (next instanceof Promise) return next.then((decoded) => decoded && undoFrom(at + 1, all, decoded, most));
    return next && undoFrom(at + 1, all, next, most);
}

/** How large the buffers are that zlib fills: the pieces of a body that does not fit into one are copied once more. */
function bufferSize(step: Step, bytes: Buffer): number {
    // A gzip ends with the length of what it stands for (RFC 1952, 2.3.1). That is a hint: it may be of a last part, or a lie.
    const told = step === 'gunzip' && bytes.length > 4 ? bytes.readUInt32LE(bytes.length - 4) : 0;
    const plausible = told >= bytes.length && told <= Math.min(bytes.length * mostGrowth, mostAtOnce);
    // One more, or zlib would ask for another buffer before it says that it has ended.
    return plausible ? told + 1 : Math.min(Math.max(bytes.length * 8, 1_024), 256 * 1_024);
}

function undo(step: Step, bytes: Buffer, most: number): Decoded | Promise<Decoded> {
    const chunkSize = bufferSize(step, bytes);
    const tooLong = (error: unknown) => (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    try {
        return nodeZlib()[`${step}Sync`](bytes, { maxOutputLength: Math.min(most, mostAtOnce), chunkSize });
    } catch (error) {
        if (!tooLong(error)) throw error;
        if (most <= mostAtOnce) return undefined;
    }
    // A long body, or a few kilobytes that stand for gigabytes, in the thread pool, where they hold up nobody.
    return new Promise((resolve, reject) => {
        nodeZlib()[step](bytes, { maxOutputLength: Math.min(most, longest), chunkSize }, (error, body) => {
            if (error && !tooLong(error)) reject(error);
            else resolve(error ? undefined : body);
        });
    });
}

/** The streams that undo a `Content-Encoding`, in the order in which they do. */
export function decodersFor(encoding: string | undefined): Transform[] {
    return stepsFor(encoding).map((step) => {
        const { createGunzip, createBrotliDecompress, createZstdDecompress } = nodeZlib();
        if (step === 'inflate') return new (inflateEither())();
        if (step === 'gunzip') return emptyToo(createGunzip());
        return emptyToo(step === 'zstdDecompress' && createZstdDecompress ? createZstdDecompress() : createBrotliDecompress());
    });
}

/** A 201 or 404 without a body may name the encoding that its body would have had: no bytes are no bytes, not a broken stream. */
function emptyToo(decoder: Transform & { readonly bytesWritten: number }): Transform {
    const flush = decoder._flush;
    decoder._flush = function (done) {
        if (decoder.bytesWritten === 0) done();
        else flush.call(this, done);
    };
    return decoder;
}

let Either: (new () => Transform) | undefined;

function inflateEither(): new () => Transform {
    if (Either) return Either;
    const zlib = process.getBuiltinModule('node:zlib');
    const { Transform } = process.getBuiltinModule('node:stream');
    Either = class extends Transform {
        #inner: Transform | undefined;
        #ended = false;
        #done: ((error?: Error | null) => void) | undefined;

        override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
            // What comes after the end of the compressed data is not part of it, and zlib would never say that it has taken it.
            if (this.#ended) return void done();
            this.#done = done;
            this.#inner ??= this.#open(chunk[0] as number);
            this.#inner.write(chunk, (error) => this.#next(error));
        }

        override _flush(done: (error?: Error | null) => void): void {
            if (!this.#inner || this.#ended) return void done();
            this.#done = done;
            this.#inner.end();
        }

        #open(first: number): Transform {
            const inner = isRaw(first) ? zlib.createInflateRaw() : zlib.createInflate();
            inner.on('data', (data) => this.push(data));
            inner.on('error', (error) => this.destroy(error));
            inner.on('end', () => {
                this.#ended = true;
                this.#next();
            });
            return inner;
        }

        #next(error?: Error | null): void {
            const done = this.#done;
            this.#done = undefined;
            done?.(error);
        }
    };
    return Either;
}
