import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodersFor } from './decoder.js';

const text = 'déjà vu '.repeat(2_000);

async function decode(encoding: string, pieces: Iterable<Uint8Array>): Promise<string> {
    const decoders = decodersFor(encoding);
    if (decoders.length === 0) return expect.fail('no decoder');
    const chunks: Buffer[] = [];
    const last = decoders.at(-1) as Transform;
    const read = (async () => {
        for await (const chunk of last) chunks.push(chunk as Buffer);
    })();
    await Promise.all([pipeline([Readable.from(pieces), ...decoders]), read]);
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
    ['gzip, br', (bytes: Buffer) => brotliCompressSync(gzipSync(bytes))],
])('%s is undone, in whatever pieces it comes (%o)', async (encoding, compress) => {
    expect(await decode(encoding, pieces(compress(Buffer.from(text))))).toBe(text);
});

test.each([undefined, '', 'identity', 'zstd', 'gzip, zstd', 'my-gzip'])('nothing is undone for %s', (encoding) => {
    expect(decodersFor(encoding)).toEqual([]);
});

test.each(['deflate', 'gzip', 'br'])('what is no %s fails', async (encoding) => {
    await expect(decode(encoding, [Buffer.from('x'), Buffer.from('this was never compressed')])).rejects.toThrow();
});

test.each([
    ['deflate', deflateSync],
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
])('a body of %s that ends too soon fails; one of nothing is empty', async (encoding, compress) => {
    const whole = compress(Buffer.from(text));
    await expect(decode(encoding, [whole.subarray(0, whole.length >> 1)])).rejects.toThrow();
    expect(await decode(encoding, [])).toBe('');
});

test.each([
    ['with a header', deflateSync],
    ['raw', deflateRawSync],
])('what follows the end of deflated data, %s, is no part of it, and nothing waits for it', async (_what, compress) => {
    const whole = compress(Buffer.from(text));
    const more = Buffer.from('and more');
    expect(await decode('deflate', [Buffer.concat([whole, more])])).toBe(text);
    expect(await decode('deflate', [whole, more, more])).toBe(text);
});
