import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { callForResponse, NangoNetworkError, NangoResponseError } from '@x/core';
import { expect, onTestFinished, test } from 'vitest';
import { type Adapter, plainClient } from '../support/adapters.js';
import { proxy, read } from '../support/operations.js';
import type { Context } from './context.js';

/** Answers that stop, or are no answers. */
export function brokenAnswers(adapter: Adapter, _context: Context): void {
    /** A server that speaks byte by byte: called when a request's headers are in. */
    const raw = async (answer: (socket: Socket) => void) => {
        const sockets = new Set<Socket>();
        const server = createServer((socket) => {
            sockets.add(socket);
            socket.on('error', () => undefined);
            let text = '';
            socket.on('data', (data) => {
                text += data.toString('latin1');
                if (text.includes('\r\n\r\n')) {
                    text = '';
                    answer(socket);
                }
            });
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        onTestFinished(() => {
            for (const socket of sockets) socket.destroy();
            server.close();
        });
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const fails = async (url: string, input: object = {}) =>
        callForResponse(plainClient(adapter, url), read, { path: { connectionId: 'c' }, ...input }).then(
            () => expect.fail('it should have failed'),
            (error: unknown) => error as Error & { progress?: string; reason?: string; code?: string },
        );

    test('nobody listens: not sent', async () => {
        const url = await raw(() => undefined);
        const free = createServer();
        await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
        const { port } = free.address() as AddressInfo;
        await new Promise((resolve) => free.close(resolve));
        const error = await fails(url.replace(/\d+$/, String(port)));
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error).toMatchObject({ progress: 'not-sent', code: 'ECONNREFUSED', isAxiosError: true });
    });

    test('a name that does not resolve: not sent', async () => {
        const error = await fails('http://no-such-host.invalid');
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('not-sent');
    });

    test('reset before the headers: may have been sent', async () => {
        const error = await fails(await raw((socket) => socket.resetAndDestroy()));
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error).toMatchObject({ progress: 'maybe-sent', code: 'ECONNRESET' });
    });

    test('closed before the headers: may have been sent', async () => {
        const error = await fails(await raw((socket) => socket.end()));
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('maybe-sent');
    });

    test('reset within the headers: may have been sent', async () => {
        const error = await fails(
            await raw((socket) => {
                socket.write('HTTP/1.1 200 OK\r\nContent-Ty', () => socket.resetAndDestroy());
            }),
        );
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('maybe-sent');
    });

    test('garbage in place of an answer', async () => {
        const error = await fails(await raw((socket) => socket.end('\x16\x03\x01 this is not HTTP\r\n\r\n')));
        expect(error).toBeInstanceOf(NangoNetworkError);
        expect(error.progress).toBe('maybe-sent');
    });

    test.each([
        ['with a length', 'Content-Length: 100\r\n\r\n{"a":'],
        ['chunked', 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    ])('a body that ends too soon, %s', async (_name, text) => {
        const error = await fails(
            await raw((socket) => socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${text}`)),
        );
        expect(error).toBeInstanceOf(NangoResponseError);
        expect(error).toMatchObject({ reason: 'truncated', progress: 'answered' });
    });

    test('a body that is reset', async () => {
        const url = await raw((socket) => {
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":', () => socket.resetAndDestroy());
        });
        const error = await fails(url);
        // Where the reset overtakes the headers, no answer was seen.
        if (error instanceof NangoNetworkError) expect(error.progress).toBe('maybe-sent');
        else expect(error).toMatchObject({ reason: 'truncated' });
    });

    test('a compressed body that ends too soon', async () => {
        const whole = gzipSync(JSON.stringify({ text: Array.from({ length: 2_000 }, (_, i) => i * 7919) }));
        const half = whole.subarray(0, whole.length >> 1);
        const url = await raw((socket) => {
            socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${whole.length}\r\n\r\n`);
            socket.end(half);
        });
        const error = await fails(url);
        expect(error).toBeInstanceOf(NangoResponseError);
        expect(error.reason).toBe('truncated');
    });

    test('a stream that breaks off ends with an error, not as if it were whole', async () => {
        let breakOff = () => {};
        const url = await raw((socket) => {
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
            breakOff = () => socket.end();
        });
        const answer = await callForResponse(plainClient(adapter, url), proxy, { target: '/proxy/x', responseType: 'stream' });
        breakOff();
        const read = async () => {
            let size = 0;
            for await (const chunk of answer.data as AsyncIterable<Uint8Array>) size += chunk.length;
            return size;
        };
        await expect(read()).rejects.toThrow();
    });
}
