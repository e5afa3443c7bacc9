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
            // Some servers send a raw stream under this name; only its first byte tells.
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

        override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
            if (!this.#inner) {
                // A zlib header has compression method 8 in its low bits (RFC 1950, 2.2).
                const inner = ((chunk[0] as number) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
                inner.on('data', (data) => this.push(data));
                inner.on('error', (error) => this.destroy(error));
                this.#inner = inner;
            }
            this.#inner.write(chunk, (error) => done(error));
        }

        override _flush(done: (error?: Error | null) => void): void {
            const inner = this.#inner;
            if (inner) {
                inner.once('end', () => done());
                inner.end();
            } else {
                done();
            }
        }
    };
    return Either;
}
