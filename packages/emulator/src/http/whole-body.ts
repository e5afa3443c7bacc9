import type { ServerResponse } from 'node:http';

const whole = Symbol('whole body');
type Body = string | Uint8Array;
type Known = Response & { [whole]?: Body };

/** Notes what the body of an answer is, so that it can be sent without reading its stream. */
export function withWholeBody<Answer extends Response>(response: Answer, body: Body): Answer {
    (response as Known)[whole] = body;
    return response;
}

let sent: Response | undefined;

/** Sends an answer whose body is known, and gives the adapter one to leave alone; any other answer is given back for the adapter to send. */
export function sendWhole(response: Response, outgoing: ServerResponse): Response {
    const body = (response as Known)[whole];
    if (body === undefined || response.bodyUsed) return response;
    const headers: Record<string, string | number | string[]> = Object.fromEntries(response.headers);
    if ('set-cookie' in headers) headers['set-cookie'] = response.headers.getSetCookie();
    headers['content-length'] ??= typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
    outgoing.writeHead(response.status, headers);
    outgoing.end(body);
    sent ??= new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
    return sent;
}
