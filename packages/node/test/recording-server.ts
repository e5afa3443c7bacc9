import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server saw of one request. */
export interface RecordedRequest {
    readonly method: string;
    /** As it came, still encoded. */
    readonly path: string;
    /** Decoded, sorted. */
    readonly query: readonly (readonly [string, string])[];
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export interface Answer {
    readonly status?: number;
    readonly headers?: Record<string, string | string[]>;
    /** Sent as JSON, unless it is text. */
    readonly body?: unknown;
}

export interface RecordingServer {
    readonly url: string;
    /** Answers everything from now on, and forgets what was recorded. */
    answer(answers: (request: RecordedRequest) => Answer): void;
    /** What came since. */
    readonly requests: RecordedRequest[];
    close(): Promise<void>;
}

/** A server on loopback that notes every request. Its answers hold no date, so that two equal ones are equal. */
export async function startRecordingServer(): Promise<RecordingServer> {
    let answers: (request: RecordedRequest) => Answer = () => ({ body: {} });
    const requests: RecordedRequest[] = [];
    const server = createServer(async (incoming, outgoing) => {
        const request = await read(incoming);
        requests.push(request);
        const { status = 200, headers = {}, body = '' } = answers(request);
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        outgoing.sendDate = false;
        const type = typeof body === 'string' ? 'text/plain' : 'application/json';
        const described = status === 204 ? {} : { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) };
        outgoing.writeHead(status, { connection: 'close', ...described, ...headers });
        outgoing.end(status === 204 ? undefined : text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        requests,
        answer(next) {
            answers = next;
            requests.length = 0;
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

async function read(incoming: IncomingMessage): Promise<RecordedRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const [path = '', query = ''] = splitOnce(incoming.url ?? '', '?');
    const pairs = [...new URLSearchParams(query)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
    return { method: incoming.method ?? '', path, query: pairs, headers, body: Buffer.concat(chunks).toString() };
}

function splitOnce(text: string, at: string): [string, string] {
    const index = text.indexOf(at);
    return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
