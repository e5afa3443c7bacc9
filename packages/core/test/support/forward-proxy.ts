import { createServer as createHttpServer, request as forward, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Certificate } from './private-ca.js';

interface Options {
    /** Makes the proxy itself speak TLS. */
    readonly tls?: Certificate | undefined;
    /** @default 127.0.0.1 */
    readonly address?: string;
    /** `user:password` that it wants as Basic credentials; 407 without. */
    readonly credentials?: string;
    /** The status of its answer to CONNECT, `hang` for none, `drop` to close instead, `break` to close right after a 200. @default 200 */
    readonly answer?: number | 'hang' | 'drop' | 'break';
    /** Where names lead; all else goes to 127.0.0.1, so that names may be invented. */
    readonly addresses?: Readonly<Record<string, string>>;
}

export interface ForwardProxy {
    readonly port: number;
    readonly url: string;
    /** `METHOD target` of each request to the proxy itself. */
    readonly lines: readonly string[];
    /** Everything that it could read of a client's requests: must never hold the key of a tunnelled call. */
    readonly read: readonly string[];
    /** Connections from clients that are open now. */
    readonly open: number;
}

/** A real forward proxy on loopback: CONNECT for `https:`, whole URLs for `http:`. */
export async function startProxy(options: Options = {}): Promise<ForwardProxy> {
    const { tls, address = '127.0.0.1', answer = 200 } = options;
    const lines: string[] = [];
    const read: string[] = [];
    const sockets = new Set<Duplex>();
    const server = (tls ? createHttpsServer(tls) : createHttpServer()) as Server;
    const wanted = options.credentials && `Basic ${Buffer.from(options.credentials).toString('base64')}`;
    const note = (request: IncomingMessage) => {
        lines.push(`${request.method} ${request.url}`);
        read.push(JSON.stringify(request.rawHeaders));
        return wanted && request.headers['proxy-authorization'] !== wanted ? 407 : answer;
    };
    const addressOf = (host: string) => options.addresses?.[host] ?? '127.0.0.1';

    server.on('connect', (request: IncomingMessage, socket: Duplex) => {
        const status = note(request);
        socket.on('error', () => undefined);
        if (status === 'hang') return void socket.resume().on('end', () => socket.destroy());
        if (status === 'drop') return void socket.destroy();
        if (status === 'break') return void socket.end('HTTP/1.1 200 OK\r\n\r\n');
        if (status < 200 || status > 299) {
            return void socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 5\r\n\r\n<bad>`);
        }
        const [, host = '', port] = /^\[?(.+?)\]?:(\d+)$/.exec(request.url ?? '') ?? [];
        const target = connect(Number(port), addressOf(host));
        sockets.add(target);
        target.on('error', () => socket.destroy());
        target.on('close', () => socket.destroy());
        socket.on('close', () => target.destroy());
        target.on('connect', () => {
            socket.write(`HTTP/1.1 ${status} Connection established\r\nVia: 1.1 corp\r\n\r\n`);
            target.pipe(socket).pipe(target);
        });
    });
    server.on('request', (request, response) => {
        const status = note(request);
        if (status !== 200) return void response.writeHead(status as number, { 'content-type': 'text/html' }).end('<h1>No</h1>');
        const url = new URL(request.url ?? '');
        const { 'proxy-authorization': _, ...headers } = request.headers;
        const onward = forward(
            {
                host: addressOf(url.hostname.replace(/[[\]]/g, '')),
                port: url.port || 80,
                path: url.pathname + url.search,
                method: request.method,
                headers,
            },
            (incoming) => incoming.pipe(response.writeHead(incoming.statusCode ?? 0, incoming.headers)),
        );
        onward.on('error', () => response.writeHead(502).end());
        request.pipe(onward);
    });
    server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    onTestFinished(async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
        await closed;
    });
    const { port } = server.address() as AddressInfo;
    const host = tls ? 'localhost' : address.includes(':') ? `[${address}]` : address;
    return {
        port,
        url: `${tls ? 'https' : 'http'}://${host}:${port}`,
        lines,
        read,
        get open() {
            return [...sockets].filter((socket) => !socket.destroyed).length;
        },
    };
}
