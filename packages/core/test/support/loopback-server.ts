import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface LoopbackServer {
    readonly port: number;
    readonly url: string;
    /** `METHOD path` of each request that arrived whole. */
    readonly requests: readonly string[];
    /** Names that clients asked for in their handshake (SNI), and the common name of their certificate. */
    readonly clients: readonly { servername: string | undefined; certificate: string | undefined }[];
    /** Connections so far, handshake done. */
    readonly connections: number;
    /** Connections that the server closed because they were idle. */
    readonly idled: number;
    closeConnections(): void;
    close(): Promise<void>;
}

interface Options {
    /** Makes it speak TLS. */
    readonly tls?: ServerOptions | undefined;
    /** @default 127.0.0.1 */
    readonly address?: string;
    readonly port?: number;
    /** What the URL says. @default localhost */
    readonly name?: string;
    /** Answered as `{ by }`, so that a test sees who answered. */
    readonly by?: string;
    /** ms a connection may be idle before the server closes it; announced to nobody (no `Keep-Alive` header). */
    readonly idle?: number;
}

/** A server that answers every request, on loopback until the test has finished. */
export async function startServer(options: Options = {}): Promise<LoopbackServer> {
    const { tls, address = '127.0.0.1', by = 'server', name = 'localhost' } = options;
    const requests: string[] = [];
    const clients: { servername: string | undefined; certificate: string | undefined }[] = [];
    const sockets = new Set<Socket>();
    let idled = 0;
    const endIdle = (socket: Socket) => () => {
        if (!socket.writableEnded) idled += 1;
        socket.end();
    };
    const server = (tls ? createHttpsServer(tls) : createHttpServer()) as Server;
    // Node's own idle limit would be announced in a header.
    server.keepAliveTimeout = 0;
    server.on('request', (request, response) => {
        request.resume();
        request.on('end', () => {
            requests.push(`${request.method} ${request.url}`);
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify({ by }));
            response.on('finish', () => options.idle && request.socket.setTimeout(options.idle, endIdle(request.socket)));
        });
    });
    server.on(tls ? 'secureConnection' : 'connection', (socket: TLSSocket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
        const certificate = tls && (socket.getPeerCertificate()?.subject?.CN as string | undefined);
        clients.push({ servername: (socket.servername as string | false) || undefined, certificate: certificate || undefined });
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, address, resolve));
    const { port } = server.address() as AddressInfo;
    const closeConnections = () => {
        for (const socket of sockets) socket.destroy();
    };
    const close = async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        closeConnections();
        await closed;
    };
    onTestFinished(async () => {
        await close();
    });
    return {
        port,
        url: `${tls ? 'https' : 'http'}://${name}:${port}`,
        requests,
        clients,
        get connections() {
            return clients.length;
        },
        get idled() {
            return idled;
        },
        closeConnections,
        close,
    };
}
