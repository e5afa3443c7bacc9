import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decoderFor } from './decoder.js';

const text = 'déjà vu '.repeat(2_000);

async function decode(encoding: string, pieces: Iterable<Uint8Array>): Promise<string> {
    const decoder = decoderFor(encoding);
    if (!decoder) return expect.fail('no decoder');
    const chunks: Buffer[] = [];
    const read = (async () => {
        for await (const chunk of decoder) chunks.push(chunk as Buffer);
    })();
    for (const piece of pieces) decoder.write(piece);
    decoder.end();
    await read;
    return Buffer.concat(chunks).toString();
}
/** In pieces, the first of one byte. */
const pieces = (bytes: Buffer) => [bytes.subarray(0, 1), bytes.subarray(1, 50), bytes.subarray(50)];

test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    [' GZip ', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['x-deflate', deflateSync],
    ['deflate', deflateRawSync],
])('%s is undone, in whatever pieces it comes (%o)', async (encoding, compress) => {
    expect(await decode(encoding, pieces(compress(Buffer.from(text))))).toBe(text);
});

test.each([undefined, '', 'identity', 'zstd', 'gzip, br', 'my-gzip'])('nothing is undone for %s', (encoding) => {
    expect(decoderFor(encoding)).toBeUndefined();
});

test.each(['deflate', 'gzip', 'br'])('what is no %s fails', async (encoding) => {
    await expect(decode(encoding, [Buffer.from('x'), Buffer.from('this was never compressed')])).rejects.toThrow();
});

test('a deflate body that ends too soon fails; one of nothing is empty', async () => {
    const whole = deflateSync(Buffer.from(text));
    await expect(decode('deflate', [whole.subarray(0, whole.length >> 1)])).rejects.toThrow();
    expect(await decode('deflate', [])).toBe('');
});
