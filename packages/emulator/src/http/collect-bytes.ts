import type { Readable } from 'node:stream';

/**
 * All bytes of a stream, by its events: an iterator over it, or a Blob of it, takes as long as all else that is done with a short body.
 *
 * @param most - with more than so many bytes it is left where it stands and not destroyed, so that its sender can be answered
 * @throws what `tooMany` makes, or what the stream breaks off with
 */
export function collectBytes(
    stream: Readable,
    most = Number.POSITIVE_INFINITY,
    tooMany: () => Error = () => new Error('The body is too large.'),
): Promise<Buffer<ArrayBuffer>> {
    return new Promise((resolve, reject) => {
        const chunks: Uint8Array[] = [];
        let length = 0;
        const take = (chunk: Uint8Array) => {
            length += chunk.length;
            if (length <= most) {
                chunks.push(chunk);
                return;
            }
            stream.off('data', take);
            stream.pause();
            reject(tooMany());
        };
        stream.on('data', take);
        stream.on('end', () => resolve(Buffer.concat(chunks)));
        stream.on('error', reject);
        // Without an end before it, it was cut off.
        stream.on('close', () => reject(new Error('The body broke off.')));
    });
}
