import type { Transform } from 'node:stream';

/** A stream that undoes a `Content-Encoding`, or `undefined` when there is nothing (known) to undo. */
export function decoderFor(encoding: string | undefined): Transform | undefined {
    if (encoding === undefined) return undefined;
    const zlib = process.getBuiltinModule('node:zlib');
    switch (encoding.trim().toLowerCase()) {
        case 'gzip':
        case 'x-gzip':
            return zlib.createGunzip();
        case 'br':
            return zlib.createBrotliDecompress();
        case 'deflate':
        case 'x-deflate':
            // Some servers send a raw stream under this name; only its first byte tells.
            return new (inflateEither())();
        default:
            return undefined;
    }
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
