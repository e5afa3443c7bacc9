import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signWebhook } from '../src/index.js';

export const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';

/** A receiver on loopback. */
export interface Listening {
    readonly url: string;
    readonly server: Server;
    close(): Promise<void>;
}

export async function listen(listener: RequestListener): Promise<Listening> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const close = async () => {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
    };
    return { url: `http://127.0.0.1:${port}`, server, close };
}

/** One try of a delivery: what the receiver answered. */
export interface Attempt {
    readonly status: number;
    readonly body: string;
}

/**
 * Delivers a webhook over HTTP as the server does (contract 17.1): both signatures over a body with sorted keys, up to two
 * more tries on a 5xx or a failed connection, never on a 4xx. The waits of 3 s and 6 s are left out.
 *
 * @returns All tries.
 */
export async function deliver(url: string, payload: unknown, headers: Record<string, string> = {}): Promise<Attempt[]> {
    const signed = signWebhook(payload, { signingKey });
    const attempts: Attempt[] = [];
    for (let i = 0; i < 3; i++) {
        const attempt = await post(url, signed.body, { 'user-agent': 'nango/0.71.4', ...signed.headers, ...headers });
        attempts.push(attempt);
        if (attempt.status < 500) break;
    }
    return attempts;
}

/** A bare POST, body and all headers as given. */
export async function post(url: string, body: string | Uint8Array, headers: Record<string, string | string[]>): Promise<Attempt> {
    const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }).end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode as number, body: Buffer.concat(chunks).toString() };
}
