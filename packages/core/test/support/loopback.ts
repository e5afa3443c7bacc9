import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A key that the API would take. */
export const apiKey = '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b';

/** Serves on loopback until the test has finished. */
export async function serveRaw(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
        server.closeAllConnections();
        server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A request that has come in whole. */
export interface SeenRequest {
    readonly method: string;
    /** Path and query as they came. */
    readonly url: string;
    readonly query: URLSearchParams;
    readonly headers: Record<string, string | undefined>;
    readonly body: Buffer;
    readonly json: () => unknown;
}

/** What a handler answers: a value is sent as JSON. */
export type Handler = (request: SeenRequest, response: ServerResponse) => unknown;

/** Reads each request whole, notes it, and sends what the handler returns (nothing if it answered by itself). */
export async function serve(handler: Handler = () => ({})): Promise<{ url: string; requests: SeenRequest[] }> {
    const requests: SeenRequest[] = [];
    const url = await serveRaw(async (incoming, response) => {
        const request = await read(incoming);
        // One that broke off has nobody to answer.
        if (request === undefined) return;
        requests.push(request);
        const answer = await handler(request, response);
        if (response.writableEnded || response.headersSent || answer === undefined) return;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer));
    });
    return { url, requests };
}

/** Answers an error in the API's envelope (contract 1.3). */
export function fail(response: ServerResponse, status: number, code: string, more: object = {}): undefined {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code, ...more } }));
}

async function read(incoming: IncomingMessage): Promise<SeenRequest | undefined> {
    const chunks: Buffer[] = [];
    try {
        for await (const chunk of incoming) chunks.push(chunk);
    } catch {
        return undefined;
    }
    const body = Buffer.concat(chunks);
    const url = incoming.url ?? '';
    return {
        method: incoming.method ?? '',
        url,
        query: new URL(url, 'http://localhost').searchParams,
        headers: incoming.headers as Record<string, string | undefined>,
        body,
        json: () => JSON.parse(body.toString()),
    };
}
