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
        let ended = false;
        stream.on('end', () => {
            ended = true;
            resolve(chunks.length === 1 ? (chunks[0] as Buffer<ArrayBuffer>) : Buffer.concat(chunks));
        });
        stream.on('error', reject);
        stream.on('close', () => {
            // It was cut off. An error of each that was not would cost more than all else that is done with a short body.
            if (!ended) reject(new Error('The body broke off.'));
        });
    });
}
