import type { RecordedRequest, RecordingServer } from '../recording-server.js';

/** One request, in the form that is compared. */
export interface SeenRequest {
    method: string;
    /** As sent, still encoded. */
    path: string;
    query: (readonly [string, string])[];
    headers: Record<string, string>;
    /** Parsed, if it is JSON. */
    body: unknown;
}

/** What one call did: what the server saw, and what the caller got. */
export interface Seen {
    requests: SeenRequest[];
    outcome:
        | { resolved: unknown }
        | { response: { status: number; statusText: string; headers: Record<string, unknown>; data: unknown } }
        /** Failed with no answer to show, e.g. because an argument was refused. */
        | { refused: true };
}

export type AnyClient = any;

/** Makes a call and notes all of it. */
export async function observe(server: RecordingServer, client: AnyClient, run: (client: AnyClient) => unknown): Promise<Seen> {
    server.requests.length = 0;
    const outcome = await settle(client, run);
    return { requests: server.requests.map(toSeen), outcome };
}

async function settle(client: AnyClient, run: (client: AnyClient) => unknown): Promise<Seen['outcome']> {
    try {
        return { resolved: plain(await run(client)) };
    } catch (error) {
        const { response } = error as { response?: { status: number; statusText: string; headers: object; data: unknown } };
        if (!response) return { refused: true };
        const { status, statusText, headers, data } = response;
        return { response: { status, statusText, headers: { ...headers }, data } };
    }
}

/** axios keeps headers in an object of its own; what a caller reads from it is compared. */
function plain(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || !('headers' in value)) return value;
    return { ...value, headers: { ...(value.headers as object) } };
}

function toSeen(request: RecordedRequest): SeenRequest {
    const { method, path, query, headers, body } = request;
    const json = headers['content-type']?.startsWith('application/json') && body !== '';
    const { 'content-length': _length, ...meaningful } = headers;
    return { method, path, query: [...query], headers: meaningful, body: json ? JSON.parse(body) : body };
}
