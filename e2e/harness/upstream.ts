import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Upstream {
    url: string;
    close(): Promise<void>;
}

/** A provider's API on loopback, as far as the conformance suite proxies to one. */
export async function startUpstream(): Promise<Upstream> {
    const server = createServer(async (request, response) => {
        const url = new URL(request.url ?? '/', 'http://upstream');
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const body = Buffer.concat(chunks);
        const json = (status: number, value: unknown) => {
            const text = JSON.stringify(value);
            response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
            response.end(text);
        };
        const [, kind, argument] = url.pathname.split('/');
        if (kind === 'slow') await wait(Number(argument));
        if (kind === 'status') return json(Number(argument), { problem: 'asked for' });
        if (kind === 'bytes') {
            response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 256 });
            return response.end(Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
        }
        if (kind === 'stream') {
            response.writeHead(200, { 'content-type': 'text/plain' });
            for (let index = 0; index < Number(argument); index++) {
                response.write(`chunk ${index}\n`);
                await wait(5);
            }
            return response.end();
        }
        json(200, {
            method: request.method,
            path: url.pathname,
            query: [...url.searchParams],
            authorization: request.headers.authorization,
            contentType: request.headers['content-type'],
            custom: request.headers['x-custom'],
            base64: body.toString('base64'),
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}
