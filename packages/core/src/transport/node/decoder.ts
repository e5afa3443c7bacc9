import type { Transform } from 'node:stream';

/**
 * The streams that undo a `Content-Encoding`, in the order in which they do; none when there is nothing to undo, or something unknown,
 * as with `fetch`.
 */
export function decodersFor(encoding: string | undefined): Transform[] {
    if (encoding === undefined) return [];
    const codings = encoding.split(',').map((coding) => coding.trim().toLowerCase());
    const decoders: Transform[] = [];
    for (const coding of codings.reverse()) {
        const decoder = decoderOf(coding);
        if (!decoder) return [];
        decoders.push(decoder);
    }
    return decoders;
}

function decoderOf(coding: string): Transform | undefined {
    const zlib = process.getBuiltinModule('node:zlib');
    switch (coding) {
        case 'gzip':
        case 'x-gzip':
            return emptyToo(zlib.createGunzip());
        case 'br':
            return emptyToo(zlib.createBrotliDecompress());
        case 'deflate':
        case 'x-deflate':
            // Some servers send a raw stream under this name; only its first byte shows it.
            return new (inflateEither())();
        default:
            return undefined;
    }
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
            // A zlib header has compression method 8 in its low bits (RFC 1950, 2.2).
            const inner = (first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
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
