import { once } from 'node:events';
import { Agent } from 'node:http';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { type RouteServer, readBody, startRouteServer } from '../../../test/support/route-server.js';
import { parseHost } from '../../client/settings.js';
import { NangoTimeoutError } from '../../errors/transport-errors.js';
import type { TransportFailure, TransportRequest } from '../../types/transport.js';
import { NodeTransport } from './node-transport.js';

let server: RouteServer;
const agent = new Agent({ keepAlive: true });
beforeEach(async () => {
    server = await startRouteServer();
});
afterEach(async () => {
    agent.destroy();
    await server.close();
});

const request = (more: Partial<TransportRequest> = {}): TransportRequest => ({
    base: parseHost(server.url),
    path: '/x',
    method: 'GET',
    headers: {},
    body: undefined,
    cancellation: { onCancel: undefined, reason: undefined, cancelled: false },
    ...more,
});
const send = (more: Partial<TransportRequest> = {}) => new NodeTransport(agent, undefined).send(request(more));

/** What arrives of a request. */
async function arrives(more: Partial<TransportRequest>) {
    let seen: Record<string, unknown> = {};
    server.handle = async (incoming, response) => {
        const body = await readBody(incoming);
        const { 'content-length': length, 'transfer-encoding': coding, 'accept-encoding': accepted, 'x-a': a } = incoming.headers;
        seen = { length, coding, accepted, a, body: body.toString() };
        response.end();
    };
    (await send(more)).discard();
    return seen;
}

test.each<[string, Partial<TransportRequest>, object]>([
    ['text', { method: 'POST', body: 'näm' }, { length: '4', body: 'näm', coding: undefined }],
    ['bytes', { method: 'POST', body: new Uint8Array([97, 98]) }, { length: '2', body: 'ab', coding: undefined }],
    [
        'a stream of a known length',
        { method: 'PUT', body: Readable.from(['a', 'b']), bodyLength: 2 },
        { length: '2', body: 'ab', coding: undefined },
    ],
    [
        'a stream of any length',
        { method: 'DELETE', body: Readable.from(['a', 'b']) },
        { length: undefined, body: 'ab', coding: 'chunked' },
    ],
    [
        'a web stream',
        { method: 'PATCH', body: new Blob(['ab']).stream() as never },
        { length: undefined, body: 'ab', coding: 'chunked' },
    ],
    ['nothing of a POST', { method: 'POST' }, { length: '0', coding: undefined }],
    ['nothing of a PUT', { method: 'PUT' }, { length: '0', coding: undefined }],
    ['nothing of a PATCH', { method: 'PATCH' }, { length: '0', coding: undefined }],
    ['nothing of a GET', {}, { length: undefined, coding: undefined, accepted: 'gzip, deflate, br' }],
    ["the caller's own encoding", { headers: { 'accept-encoding': 'identity' } }, { accepted: 'identity' }],
    [
        'a header of Latin-1 beside text',
        { method: 'POST', body: '✓', headers: { 'x-a': 'é' } },
        { a: 'é', body: '✓', length: '3' },
    ],
])('%s arrives with its length', async (_what, more, expected) => {
    expect(await arrives(more)).toMatchObject(expected);
});

test('what was cancelled before is not sent', async () => {
    const reason = new Error('mine');
    await expect(send({ cancellation: { onCancel: undefined, reason, cancelled: true } })).rejects.toBe(reason);
    expect(server.seen).toEqual([]);
});

test('a time that runs out after the request is there may have been in vain, one before a connection is not', async () => {
    const timedOut = () =>
        new NangoTimeoutError('late', { operation: 'o', method: 'GET', path: '/', timeout: 1, scope: 'attempt' }, 'maybe-sent');
    server.handle = () => undefined;
    const { cancellation } = request();
    const waiting = send({ cancellation });
    await eventually(() => expect(server.seen).toHaveLength(1));
    cancellation.onCancel?.(timedOut());
    await expect(waiting).rejects.toMatchObject({ progress: 'maybe-sent' });
    // Its agent has no connection for it.
    const full = new Agent({ maxSockets: 1, keepAlive: true });
    const transport = new NodeTransport(full, undefined);
    void transport.send(request()).catch(() => undefined);
    const second = request();
    const queued = transport.send(second);
    second.cancellation.onCancel?.(timedOut());
    await expect(queued).rejects.toMatchObject({ progress: 'not-sent' });
    const third = request();
    const cut = transport.send(third);
    const reason = new Error('mine');
    third.cancellation.onCancel?.(reason);
    await expect(cut).rejects.toBe(reason);
    full.destroy();
});

test('a request body that fails rejects with its own error', async () => {
    server.handle = (incoming) => void incoming.resume();
    const body = Readable.from(
        (async function* () {
            yield 'a'.repeat(100_000);
            throw new Error('disk gone');
        })(),
    );
    await expect(send({ method: 'POST', body })).rejects.toThrow('disk gone');
});

/** As over TLS: that something was written is said a turn later, when a fast server's answer is here. */
class LateWrites extends Duplex {
    readonly #socket;
    #written: (() => void) | undefined;

    constructor(options: NetConnectOpts) {
        super();
        this.#socket = connect(options);
        this.#socket.on('data', (data) => {
            this.push(data);
            if (this.#written) setImmediate(this.#written);
            this.#written = undefined;
        });
    }
    override _read(): void {}
    override _write(chunk: Buffer, encoding: BufferEncoding, written: () => void): void {
        this.#socket.write(chunk, encoding);
        this.#written = written;
    }
    override _destroy(error: Error | null, done: (error: Error | null) => void): void {
        this.#socket.destroy();
        done(error);
    }
    setKeepAlive(): void {}
    setNoDelay(): void {}
    setTimeout(): void {}
    ref(): void {}
    unref(): void {}
}

test('an answer that is here before Node says that its request was written ends no connection', async () => {
    server.handle = (_incoming, response) => void response.end('{}');
    const lateAgent = new Agent({ keepAlive: true });
    const made: LateWrites[] = [];
    lateAgent.createConnection = ((options: NetConnectOpts) => {
        const socket = new LateWrites(options);
        made.push(socket);
        return socket;
    }) as never;
    const transport = new NodeTransport(lateAgent, undefined);
    for (let call = 0; call < 3; call++) {
        const answer = await transport.send(request());
        expect(await answer.text({ most: Infinity })).toBe('{}');
        await turn();
    }
    expect(made).toHaveLength(1);
    expect(made[0]?.destroyed).toBe(false);
    lateAgent.destroy();
});

test('an answer that comes before all of a body was taken ends the connection, which nobody else could use', async () => {
    const taken: Socket[] = [];
    const early = createServer((socket) => {
        taken.push(socket.on('error', () => undefined));
        socket.once('data', () => {
            socket.pause();
            socket.write('HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\n{}');
        });
    });
    early.listen(0, '127.0.0.1');
    await once(early, 'listening');
    const earlyAgent = new Agent({ keepAlive: true });
    const made = new Promise<Socket>((resolve) => {
        earlyAgent.createConnection = ((options: NetConnectOpts) => {
            const socket = connect(options);
            resolve(socket);
            return socket;
        }) as never;
    });
    const base = parseHost(`http://127.0.0.1:${(early.address() as AddressInfo).port}`);
    // More than any buffer on the way holds.
    const body = 'a'.repeat(64 * 1024 * 1024);
    const answer = await new NodeTransport(earlyAgent, undefined).send(request({ base, method: 'POST', body }));
    const closed = once(await made, 'close');
    expect([answer.status, await answer.text({ most: Infinity })]).toEqual([413, '{}']);
    await closed;
    for (const socket of taken) socket.destroy();
    early.close();
});

test('status, its text and headers are there before the body is', async () => {
    server.handle = (_incoming, response) => {
        response.writeHead(503, 'Not Now', { 'x-a': 'b', 'set-cookie': ['a=1', 'b=2'] });
        response.flushHeaders();
    };
    const answer = await send();
    expect([answer.status, answer.statusText]).toEqual([503, 'Not Now']);
    expect(answer.headers).toMatchObject({ 'x-a': 'b', 'set-cookie': ['a=1', 'b=2'] });
    answer.discard();
});

test.each([
    [undefined, 6],
    [7, 6],
    [6, 6],
    [4, 4],
])('of a body at most %s bytes are read', async (limit, size) => {
    server.handle = (_incoming, response) => {
        response.write('abc');
        setTimeout(() => response.end('def'), 5);
    };
    expect(Buffer.from(await (await send()).bytes({ most: limit ?? Infinity })).toString()).toBe('abcdef'.slice(0, size));
});

test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
])('an answer to %s with %i has no body to decompress', async (method, status) => {
    server.handle = (_incoming, response) => void response.writeHead(status, { 'content-encoding': 'gzip' }).end();
    expect(await (await send({ method })).text({ most: Infinity })).toBe('');
    const watch = { idleTimeout: undefined, timedOut: vi.fn(), failed: vi.fn(), ended: vi.fn() };
    const chunks: unknown[] = [];
    for await (const chunk of (await send({ method })).stream(watch) as Readable) chunks.push(chunk);
    expect(chunks).toEqual([]);
    expect(watch.failed).not.toHaveBeenCalled();
    expect(watch.ended).toHaveBeenCalledOnce();
});

test.each<[string, Buffer, number, 'truncated' | 'undecodable']>([
    ['that ends too soon', gzipSync('a'.repeat(10_000)).subarray(0, 20), 40, 'truncated'],
    ['that is no gzip', Buffer.from('never compressed'), 16, 'undecodable'],
])('a compressed body %s fails as such, read or streamed', async (_what, bytes, length, kind) => {
    server.handle = (incoming, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': length });
        if (length === bytes.length) response.end(bytes);
        else response.write(bytes, () => setTimeout(() => incoming.socket.destroy(), 10));
    };
    await expect((await send()).text({ most: Infinity })).rejects.toMatchObject({ kind, progress: 'answered' });
    const failed = vi.fn((failure: TransportFailure) => new Error(`public ${failure.kind}`));
    const watch = { idleTimeout: 5_000, timedOut: vi.fn(), failed, ended: vi.fn() };
    const read = async () => {
        for await (const _chunk of (await send()).stream(watch) as Readable);
    };
    await expect(read()).rejects.toThrow(`public ${kind}`);
    expect(watch.ended).toHaveBeenCalledOnce();
});

test('a body and a stream that are cut end with the reason', async () => {
    server.handle = (_incoming, response) => void response.write('a');
    const first = request();
    const reading = (await new NodeTransport(agent, undefined).send(first)).text({ most: Infinity });
    const reason = new Error('mine');
    first.cancellation.onCancel?.(reason);
    await expect(reading).rejects.toBe(reason);
    for (const cut of [reason, 'only words']) {
        const second = request();
        const watch = { idleTimeout: undefined, timedOut: vi.fn(), failed: vi.fn(), ended: vi.fn() };
        const stream = (await new NodeTransport(agent, undefined).send(second)).stream(watch) as Readable;
        const failed = new Promise((resolve) => stream.on('error', resolve));
        second.cancellation.onCancel?.(cut);
        expect(await failed).toMatchObject({ message: cut === reason ? 'mine' : 'only words' });
    }
});

test('a time that runs out while a long body is decompressed ends the call with its own reason', async () => {
    const zlib = process.getBuiltinModule('node:zlib');
    const gunzip = vi.spyOn(zlib, 'gunzip').mockImplementation((() => undefined) as never);
    // More than is decompressed at once.
    const bytes = gzipSync(Buffer.alloc(9_000_000, 'a'));
    server.handle = (_incoming, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    const waiting = request();
    const reading = (await new NodeTransport(agent, undefined).send(waiting)).text({
        most: Number.POSITIVE_INFINITY,
        exceeded: () => new Error('too long'),
    });
    await eventually(() => expect(gunzip).toHaveBeenCalledOnce());
    // The call itself is not cancelled: its next attempt may have better luck.
    const reason = new Error('late');
    waiting.cancellation.onCancel?.(reason);
    await expect(reading).rejects.toBe(reason);
    gunzip.mockRestore();
});

test('a body that no text can hold rejects', async () => {
    server.handle = (_incoming, response) => void response.end('abc');
    const answer = await send();
    const tooLong = vi.spyOn(Buffer.prototype, 'toString').mockImplementation(() => {
        throw new RangeError('Cannot create a string longer than 0x1fffffe8 characters');
    });
    const reading = answer.text({ most: 10, exceeded: () => new Error('too long') });
    await expect(reading.finally(() => tooLong.mockRestore())).rejects.toThrow('Cannot create a string');
});
