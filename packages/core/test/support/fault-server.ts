import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { FailureKind } from '../../src/retry/decision-table.js';

/** One way in which a request can go wrong. */
export interface Fault {
    readonly name: string;
    /** The column of the decision table that it belongs to. */
    readonly kind: FailureKind;
    /** For calls through the proxy, where that is another one. `success`: it is an answer like any other. */
    readonly proxied?: FailureKind | 'success';
    /** Does the harm on a connection whose request has been read; `headersRead` calls back once the client has the headers. */
    strike(socket: Socket, headersRead: (strikeOn: () => void) => void): void;
}

// That of the server, which no fake clock stops.
const { setInterval, clearInterval } = globalThis;

const status =
    (code: number, body: string, headers = '') =>
    (socket: Socket): void => {
        socket.write(`HTTP/1.1 ${code} X\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
const gatewayPage = '<html><body><h1>Bad gateway</h1></body></html>';
const limits = () => {
    const now = Date.now();
    return `Date: ${new Date(now).toUTCString()}\r\nX-RateLimit-Limit: 100\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: ${Math.floor(now / 1_000)}\r\n`;
};

export const faults: readonly Fault[] = [
    { name: 'reset before the headers', kind: 'no answer', strike: (socket) => socket.resetAndDestroy() },
    { name: 'closed before the headers', kind: 'no answer', strike: (socket) => socket.end() },
    {
        name: 'reset within the headers',
        kind: 'no answer',
        strike: (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Ty', () => socket.resetAndDestroy()),
    },
    { name: 'garbage bytes', kind: 'no answer', strike: (socket) => socket.end('\0\x01\x02 no HTTP at all\r\n\r\n') },
    { name: 'headers that never come', kind: 'timeout', strike: () => undefined },
    {
        name: 'a body that never ends',
        kind: 'timeout',
        strike(socket) {
            socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
            const timer = setInterval(() => socket.write('1\r\n \r\n'), 20);
            socket.on('close', () => clearInterval(timer));
        },
    },
    {
        name: 'a truncated body',
        kind: 'truncated',
        strike: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"a":'),
    },
    {
        name: 'a truncated chunked body',
        kind: 'truncated',
        strike: (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'),
    },
    {
        name: 'reset after the headers',
        kind: 'truncated',
        strike(socket, headersRead) {
            // Not at once: a reset overtakes what was written before it.
            headersRead(() => socket.resetAndDestroy());
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"a":');
        },
    },
    { name: '408', kind: 'unavailable', strike: status(408, '') },
    { name: '502 with a page', kind: 'unavailable', strike: status(502, gatewayPage, 'Content-Type: text/html\r\n') },
    { name: '503 with Retry-After: 0', kind: 'unavailable', strike: status(503, '', 'Retry-After: 0\r\n') },
    { name: '504', kind: 'unavailable', strike: status(504, '') },
    { name: '520', kind: 'unavailable', strike: status(520, gatewayPage) },
    { name: '524', kind: 'unavailable', strike: status(524, '') },
    { name: '500 with a page', kind: 'uncoded 500', strike: status(500, gatewayPage) },
    { name: '500 with a code', kind: 'other', strike: status(500, '{"error":{"code":"server_error"}}') },
    { name: '501', kind: 'other', strike: status(501, '') },
    { name: '400', kind: 'other', strike: status(400, '{"error":{"code":"invalid_body","errors":[]}}') },
    { name: '401', kind: 'other', strike: status(401, '{"error":{"code":"unknown_account"}}') },
    { name: '404', kind: 'other', strike: status(404, '{"error":{"code":"not_found"}}') },
    { name: 'a page with 200', kind: 'other', proxied: 'success', strike: status(200, gatewayPage) },
    {
        name: "Nango's 429",
        kind: 'rate limit',
        strike: (socket) =>
            status(
                429,
                '{"error":{"code":"too_many_request","method":"GET","path":"/"}}',
                `${limits()}Retry-After: 0\r\n`,
            )(socket),
    },
    {
        name: 'a 429 of somebody else',
        kind: 'rate limit',
        proxied: 'provider rate limit',
        strike: (socket) => status(429, '{"message":"slow down"}', 'Retry-After: 0\r\n')(socket),
    },
];

/** A server that fails the first requests of a case, named by the header `x-case`, and answers `{}` to the rest. */
export interface FaultServer {
    readonly url: string;
    /** Which fault the case meets, and how often. */
    set(id: string, fault: Fault, times: number): void;
    /** Requests of a case that arrived whole. */
    received(id: string): number;
    /** To be called when the client of a case has read an answer's headers. */
    headersRead(id: string): void;
    close(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
    const cases = new Map<string, { fault: Fault; times: number; received: number; strikeOn?: (() => void) | undefined }>();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
        let text = '';
        socket.on('data', (data) => {
            text += data.toString('latin1');
            const head = text.indexOf('\r\n\r\n');
            if (head < 0) return;
            const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
            if (text.length < head + 4 + length) return;
            const id = /x-case: (\S+)/i.exec(text)?.[1] ?? '';
            text = '';
            const found = cases.get(id);
            if (!found) return void status(500, '{"error":{"code":"unknown_case"}}')(socket);
            found.received += 1;
            if (found.received <= found.times) {
                found.fault.strike(socket, (strikeOn) => {
                    found.strikeOn = strikeOn;
                });
            } else {
                status(200, '{}', 'Content-Type: application/json\r\n')(socket);
            }
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        set: (id, fault, times) => void cases.set(id, { fault, times, received: 0 }),
        headersRead(id) {
            const found = cases.get(id);
            const strikeOn = found?.strikeOn;
            if (found) found.strikeOn = undefined;
            strikeOn?.();
        },
        received: (id) => cases.get(id)?.received ?? 0,
        async close() {
            for (const socket of sockets) socket.destroy();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}
