import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server whose answers are written in the test that needs them. */
export interface RouteServer {
    /** `http://127.0.0.1:<port>` */
    readonly url: string;
    readonly port: number;
    /** Answers every request until it is set anew. */
    handle: RequestListener;
    /** `METHOD /path` of every request so far. */
    readonly seen: string[];
    close(): Promise<void>;
}

export async function startRouteServer(host = '127.0.0.1'): Promise<RouteServer> {
    const seen: string[] = [];
    const server = createServer((request, response) => {
        seen.push(`${request.method} ${request.url}`);
        routes.handle(request, response);
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo;
    const routes: RouteServer = {
        url: host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`,
        port,
        seen,
        handle: (_request, response) => void response.end('{}'),
        async close() {
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        },
    };
    return routes;
}

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
}

/** Answers JSON. */
export function sendJson(
    response: ServerResponse,
    body: unknown,
    status = 200,
    headers: Record<string, string | string[]> = {},
): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
}
