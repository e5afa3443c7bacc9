import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that answers by path and query, and notes what it was asked. */
export async function startServer(answer: (url: URL, count: number) => { status?: number; body: unknown }) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        const { status = 200, body } = answer(new URL(request.url ?? '/', 'http://x'), asked.length);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        asked,
        options: {
            apiKey: '7b2f9d0e-1c3a-4e5f-8a9b-0c1d2e3f4a5b',
            host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            retry: false,
            rateLimit: false,
        } as const,
        async [Symbol.asyncDispose]() {
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}
