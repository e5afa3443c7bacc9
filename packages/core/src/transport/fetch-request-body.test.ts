import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { ReadableLike } from '../types/transport.js';
import { toFetchBody } from './fetch-request-body.js';

const unheard = () => undefined;
const text = async (body: BodyInit | null) => new Response(body).text();

test('text, bytes and web streams go as they are; nothing is null', () => {
    const bytes = new Uint8Array([1, 2]);
    const stream = new ReadableStream<Uint8Array>();
    expect([
        toFetchBody('a', unheard),
        toFetchBody('', unheard),
        toFetchBody(bytes, unheard),
        toFetchBody(stream, unheard),
    ]).toEqual(['a', '', bytes, stream]);
    expect(toFetchBody(stream, unheard)).toBe(stream);
    expect(toFetchBody(undefined, unheard)).toBeNull();
});

test('a Node stream of bytes and of text arrives whole, and no faster than it is read', async () => {
    let made = 0;
    const source = Readable.from(
        (function* () {
            for (; made < 50; made++) yield made % 2 ? 'ä' : Buffer.from('b');
        })(),
        { objectMode: true, highWaterMark: 1 },
    );
    const body = toFetchBody(source, unheard) as ReadableStream<Uint8Array>;
    await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBeLessThan(5);
    expect(await text(body)).toBe('bä'.repeat(25));
});

test("a Node stream's failure is the body's, and a body that is given up ends the stream", async () => {
    const failing = Readable.from(
        (async function* () {
            yield 'a';
            throw new Error('disk gone');
        })(),
    );
    await expect(text(toFetchBody(failing, unheard))).rejects.toThrow('disk gone');
    const source = Readable.from(['a', 'b', 'c']);
    const reader = (toFetchBody(source, unheard) as ReadableStream).getReader();
    await reader.read();
    await reader.cancel();
    expect(source.destroyed).toBe(true);
});

/** A stream in the style before Node 0.10. */
class OldStream extends EventEmitter {
    pipe = vi.fn();
    pause = vi.fn();
    resume = vi.fn();
    destroy = vi.fn();
}

test('an old stream is paused when enough of it waits, and continues when it is wanted', async () => {
    const source = new OldStream();
    const body = toFetchBody(source as unknown as ReadableLike, unheard) as ReadableStream<Uint8Array>;
    await new Promise((resolve) => setImmediate(resolve));
    const resumed = source.resume.mock.calls.length;
    source.emit('data', 'ä');
    expect(source.pause).toHaveBeenCalledOnce();
    const reader = body.getReader();
    expect((await reader.read()).value).toEqual(new TextEncoder().encode('ä'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(source.resume.mock.calls.length).toBeGreaterThan(resumed);
    source.emit('data', Buffer.from('b'));
    source.emit('end');
    expect((await reader.read()).value).toEqual(Buffer.from('b'));
    expect((await reader.read()).done).toBe(true);
});

test("an old stream's failure is the body's, and a body that is given up ends the stream", async () => {
    const source = new OldStream();
    const body = toFetchBody(source as unknown as ReadableLike, unheard) as ReadableStream<Uint8Array>;
    const read = body.getReader().read();
    source.emit('error', new Error('disk gone'));
    await expect(read).rejects.toThrow('disk gone');
    const other = new OldStream();
    await (toFetchBody(other as unknown as ReadableLike, unheard) as ReadableStream).cancel();
    expect(other.destroy).toHaveBeenCalledOnce();
    // Not all of them have these.
    const bare = new EventEmitter() as EventEmitter & ReadableLike;
    bare.pipe = vi.fn();
    const plain = toFetchBody(bare, unheard) as ReadableStream<Uint8Array>;
    bare.emit('data', 'a');
    bare.emit('data', 'b');
    bare.emit('end');
    expect(await text(plain)).toBe('ab');
    const unwanted = new EventEmitter() as EventEmitter & ReadableLike;
    await (toFetchBody(unwanted, unheard) as ReadableStream).cancel();
});
