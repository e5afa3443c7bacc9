import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NangoResponseError } from '../errors/transport-errors.js';
import { type StreamWatch, TransportFailure } from '../types/transport.js';
import { readFetchBody, readFetchText, streamFetchBody } from './fetch-body.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
});

/** An answer that comes in these pieces; an error ends it. */
function answer(pieces: (string | Error | 'silence')[]) {
    const cancelled = vi.fn();
    const left = [...pieces];
    const body = new ReadableStream<Uint8Array>(
        {
            pull(stream) {
                const next = left.shift();
                if (next === 'silence') return new Promise(() => undefined);
                if (next instanceof Error) stream.error(next);
                else if (next === undefined) stream.close();
                else stream.enqueue(new TextEncoder().encode(next));
            },
            cancel: cancelled,
        },
        { highWaterMark: 0 },
    );
    return { response: new Response(body), cancelled };
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test.each([
    [undefined, 'abcdefghi', false],
    [100, 'abcdefghi', false],
    [10, 'abcdefghi', false],
    [9, 'abcdefghi', true],
    [8, 'abcdefgh', true],
    [3, 'abc', true],
    [4, 'abcd', true],
])('of a body, at most %s bytes are read; the rest is let go', async (limit, read, cut) => {
    const { response, cancelled } = answer(['abc', 'def', 'ghi']);
    expect(text(await readFetchBody(response, new AbortController(), { most: limit ?? Infinity }))).toBe(read);
    expect(cancelled).toHaveBeenCalledTimes(cut ? 1 : 0);
});

const tooLong = () =>
    new NangoResponseError('too long', { operation: 'o', method: 'GET', path: '/', status: 200, reason: 'too_large' });
const answered = (headers: Record<string, string>, pieces: (string | Error)[] = ['abc', 'def']) =>
    new Response(answer(pieces).response.body, { headers });

test.each([
    [{ 'content-length': '6' }, 6, true],
    [{ 'content-length': '6' }, 5, false],
    [{}, 100, false],
    [{ 'content-length': '6', 'content-encoding': 'gzip' }, 6 * 1_032, true],
    [{ 'content-length': '6', 'content-encoding': 'deflate' }, 6 * 1_032 - 1, false],
    [{ 'content-length': '6', 'content-encoding': 'gzip, gzip' }, 1_000_000, false],
    [{ 'content-length': '6', 'content-encoding': 'br' }, 1_000_000, false],
    [{ 'content-length': '0', 'content-encoding': 'br' }, 1_000_000, false],
    [{ 'content-length': 'six' }, 100, false],
])('an answer with %j and a limit of %s bytes is read in one go: %s', async (headers, most, atOnce) => {
    for (const [read, name] of [
        [readFetchText, 'text'],
        [readFetchBody, 'arrayBuffer'],
    ] as const) {
        const response = answered(headers as Record<string, string>);
        const whole = vi.spyOn(response, name);
        const body = read(response, new AbortController(), { most, exceeded: tooLong });
        if (most < 6) await expect(body).rejects.toThrow('too long');
        else expect(await body).toEqual(read === readFetchText ? 'abcdef' : new TextEncoder().encode('abcdef'));
        expect(whole).toHaveBeenCalledTimes(atOnce ? 1 : 0);
    }
});

test('what is read in one go has no byte order mark, keeps to the limit whatever its length was said to be, and fails as others do', async () => {
    const headers = { 'content-length': '3' };
    const limit = { most: 5, exceeded: tooLong };
    const read = (response: Response) => readFetchText(response, new AbortController(), limit);
    expect(await read(answered(headers, ['\ufeffa']))).toBe('a');
    await expect(read(answered(headers))).rejects.toThrow('too long');
    await expect(readFetchBody(answered(headers), new AbortController(), limit)).rejects.toThrow('too long');
    await expect(read(answered(headers, ['a', new TypeError('terminated')]))).rejects.toMatchObject({ kind: 'truncated' });
});

test('no more is asked for than the limit needs', async () => {
    const { response } = answer(['abc', 'silence']);
    expect(text(await readFetchBody(response, new AbortController(), { most: 3 }))).toBe('abc');
});

test.each([undefined, 5])('an answer without a body is empty (limit %s)', async (limit) => {
    expect(await readFetchBody(new Response(null), new AbortController(), { most: limit ?? Infinity })).toEqual(new Uint8Array());
});

test.each([
    ['terminated', undefined, 'truncated'],
    ['', undefined, 'truncated'],
    ['incorrect header check', undefined, 'undecodable'],
    ['Decompression failed', undefined, 'undecodable'],
    ['Decoding failed', undefined, 'undecodable'],
    ['ZlibError', undefined, 'undecodable'],
    ['BrotliError', undefined, 'undecodable'],
    ['invalid gzip stream', undefined, 'undecodable'],
    ['terminated', 'incorrect header check', 'undecodable'],
    ['terminated', 'other side closed', 'truncated'],
])('a body that fails with %j (%s) is %s', async (message, cause, kind) => {
    for (const limit of [undefined, 100]) {
        const error = new TypeError(message, cause === undefined ? undefined : { cause: new Error(cause) });
        const { response } = answer(['abc', error]);
        const failure = await readFetchBody(response, new AbortController(), { most: limit ?? Infinity }).catch(
            (caught: unknown) => caught,
        );
        expect(failure).toBeInstanceOf(TransportFailure);
        expect(failure).toMatchObject({ kind, progress: 'answered', code: undefined, message: 'the body broke off' });
    }
});

test('a body that is cut fails with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(readFetchBody(answer([new Error('aborted')]).response, controller, { most: Infinity })).rejects.toBe(reason);
});

function watched(idleTimeout: number | undefined) {
    const watch = {
        idleTimeout,
        timedOut: vi.fn(() => new Error('too silent')),
        failed: vi.fn((failure: TransportFailure) => new Error(`public ${failure.kind}`)),
        ended: vi.fn(),
    } satisfies StreamWatch;
    return watch;
}

test('a stream gives what comes, ends once, and asks for nothing before it is read', async () => {
    const { response } = answer(['abc', 'def']);
    const watch = watched(1_000);
    const stream = streamFetchBody(response, new AbortController(), watch);
    await new Promise((resolve) => setImmediate(resolve));
    expect(vi.getTimerCount()).toBe(0);
    const chunks: string[] = [];
    for await (const chunk of stream) chunks.push(text(chunk));
    expect(chunks).toEqual(['abc', 'def']);
    expect(watch.ended).toHaveBeenCalledOnce();
    expect(watch.failed).not.toHaveBeenCalled();
});

test('a stream of an answer without a body is empty', async () => {
    const watch = watched(undefined);
    expect(await new Response(streamFetchBody(new Response(null), new AbortController(), watch)).text()).toBe('');
    expect(watch.ended).toHaveBeenCalledOnce();
});

test('a server that is silent for too long while its reader waits is cut', async () => {
    const controller = new AbortController();
    const { response } = answer(['abc', 'silence']);
    const reader = streamFetchBody(response, controller, watched(1_000)).getReader();
    await reader.read();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(controller.signal.aborted).toBe(false);
    const read = reader.read();
    read.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(999);
    expect(controller.signal.aborted).toBe(false);
    // The millisecond, and the turn that bytes of a stopped process's time have to come in.
    await vi.advanceTimersByTimeAsync(2);
    expect(controller.signal.reason).toMatchObject({ message: 'too silent' });
    // Also where the body goes on as if nothing had happened.
    await expect(read).rejects.toThrow('too silent');
});

test.each([undefined, 10 ** 12])('a silence may last where the limit is %s', async (limit) => {
    const controller = new AbortController();
    const reader = streamFetchBody(answer(['silence']).response, controller, watched(limit)).getReader();
    void reader.read();
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(controller.signal.aborted).toBe(false);
    vi.clearAllTimers();
});

test("a stream that fails ends with this package's own error", async () => {
    const watch = watched(1_000);
    const reader = streamFetchBody(answer([new Error('terminated')]).response, new AbortController(), watch).getReader();
    await expect(reader.read()).rejects.toThrow('public truncated');
    expect(watch.ended).toHaveBeenCalledOnce();
});

test('a stream that is cut ends with the reason', async () => {
    const controller = new AbortController();
    const watch = watched(1_000);
    const reader = streamFetchBody(answer([new Error('aborted')]).response, controller, watch).getReader();
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(reader.read()).rejects.toBe(reason);
    expect(watch.failed).not.toHaveBeenCalled();
});

test('a stream that is cut while it waits ends at once, and leaves no timer', async () => {
    const controller = new AbortController();
    const watch = watched(1_000);
    const read = streamFetchBody(answer(['silence']).response, controller, watch)
        .getReader()
        .read();
    await new Promise((resolve) => setImmediate(resolve));
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(watch.ended).toHaveBeenCalledOnce();
    expect(watch.failed).not.toHaveBeenCalled();
});

test('a stream that its reader gives up lets the server know', async () => {
    const { response, cancelled } = answer(['abc', 'def']);
    const watch = watched(1_000);
    const reader = streamFetchBody(response, new AbortController(), watch).getReader();
    await reader.read();
    await reader.cancel('enough');
    expect(cancelled).toHaveBeenCalledExactlyOnceWith('enough');
    expect(watch.ended).toHaveBeenCalledOnce();
    await streamFetchBody(new Response(null), new AbortController(), watched(1_000)).cancel();
});
