import { randomBytes } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { acceptedEncodings, decodersFor, decodeWhole } from './decoder.js';

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
    const streamed = Buffer.concat(chunks).toString();
    expect((await decodeWhole(Buffer.concat([...pieces]), encoding, 1_000_000))?.toString()).toBe(streamed);
    return streamed;
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

test.each([undefined, '', 'identity', 'zzip', 'gzip, zzip', 'my-gzip'])('nothing is undone for %s', async (encoding) => {
    expect(decodersFor(encoding)).toEqual([]);
    const bytes = gzipSync(text);
    expect(await decodeWhole(bytes, encoding, 10)).toBe(bytes.length > 10 ? undefined : bytes);
    expect(await decodeWhole(bytes, encoding, 10_000)).toBe(bytes);
});

test.runIf('zstdCompressSync' in zlib)('zstd is undone, and asked for (needs Node 22.15)', async () => {
    const compress = (zlib as unknown as { zstdCompressSync(bytes: Buffer): Buffer }).zstdCompressSync;
    expect(await decode('zstd', pieces(compress(Buffer.from(text))))).toBe(text);
    expect(acceptedEncodings()).toContain('zstd');
});

test.runIf(!('zstdCompressSync' in zlib))('zstd is left alone, and not asked for (needs a Node before 22.15)', async () => {
    expect(decodersFor('zstd')).toEqual([]);
    expect(acceptedEncodings()).not.toContain('zstd');
});

const long = Buffer.alloc(9_000_000, 'déjà vu ');
test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['gzip, br', (bytes: Buffer) => brotliCompressSync(gzipSync(bytes))],
])('a whole body of %s keeps to the limit, short or long (%o)', async (encoding, compress) => {
    for (const body of [Buffer.from(text), long]) {
        const bytes = compress(body);
        for (const most of [body.length, Number.POSITIVE_INFINITY]) {
            expect((await decodeWhole(bytes, encoding, most))?.equals(body)).toBe(true);
        }
        expect(await decodeWhole(bytes, encoding, body.length - 1)).toBeUndefined();
        expect(await decodeWhole(bytes, encoding, 1)).toBeUndefined();
    }
    // Random bytes get longer by it.
    const random = randomBytes(50_000);
    expect((await decodeWhole(compress(random), encoding, random.length))?.equals(random)).toBe(true);
});

const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
};
test.each<[string, Buffer[], number]>([
    ['nothing more', [], 1],
    ['a short part', [gzipSync('x')], 1],
    ['an empty part', [gzipSync('')], 1],
    ['a longer part', [gzipSync(long)], 1],
    ['zeros', [Buffer.alloc(10)], 1],
    // A zero says that no part follows.
    ['bytes that as a length would be less', [number(0x100)], 1],
    ['bytes that as a length would be more', [number(0xc300)], 1],
    ['bytes that as a length would be gigabytes', [number(0xffff_ff00)], 1],
    ['many parts', [gzipSync('ab')], 1_000],
])('a gzip is read whole that is followed by %s', async (_what, more, times) => {
    const bytes = Buffer.concat([gzipSync(text), ...Array.from({ length: times }, () => more).flat()]);
    const expected = zlib.gunzipSync(bytes);
    expect((await decodeWhole(bytes, 'gzip', expected.length))?.equals(expected)).toBe(true);
    expect(await decodeWhole(bytes, 'gzip', expected.length - 1)).toBeUndefined();
});

test('a gzip whose end tells another length fails', () => {
    const bytes = gzipSync(text);
    for (const told of [0, 1, Buffer.byteLength(text) - 1, Buffer.byteLength(text) + 1, 0xffff_ffff]) {
        const lying = Buffer.concat([bytes.subarray(0, -4), number(told)]);
        expect(() => decodeWhole(lying, 'gzip', 1_000_000)).toThrow();
    }
});

test('one coding after the other is undone, each as it says', async () => {
    for (const [encoding, compress] of [
        ['gzip', gzipSync],
        ['br', brotliCompressSync],
        ['gzip', gzipSync],
        ['identity', (bytes: Buffer) => bytes],
        ['deflate', deflateSync],
    ] as const) {
        expect((await decodeWhole(compress(Buffer.from(text)), encoding, 1_000_000))?.toString()).toBe(text);
    }
});

test.each(['deflate', 'gzip', 'br'])('what is no %s fails', async (encoding) => {
    const never = [Buffer.from('x'), Buffer.from('this was never compressed')];
    await expect(decode(encoding, never)).rejects.toThrow();
    expect(() => decodeWhole(Buffer.concat(never), encoding, 1_000)).toThrow();
});

test.each([
    ['deflate', deflateSync],
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
])('a body of %s that ends too soon fails; one of nothing is empty', async (encoding, compress) => {
    const whole = compress(Buffer.from(text));
    const half = whole.subarray(0, whole.length >> 1);
    await expect(decode(encoding, [half])).rejects.toThrow();
    expect(() => decodeWhole(half, encoding, 1_000_000)).toThrow();
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
