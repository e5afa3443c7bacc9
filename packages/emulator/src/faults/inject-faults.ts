import type { MiddlewareHandler } from 'hono';
import { keepText } from '../base/kept-text.js';
import type { EmulatorContext } from '../context.js';
import type { AppContext, AppEnv } from '../http/app-env.js';
import { jsonResponse } from '../http/json-response.js';
import type { Fault } from './fault.js';

/** Marks the answer of a connection that is to be reset where there is no connection: in process, fetch fails then. */
export const resetMarker = 'x-emulator-reset';

/** Tells the adapter that the answer was written past it. */
const alreadySent = () => new Response(null, { headers: { 'x-hono-already-sent': 'true' } });

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Middleware that makes requests fail as the fault board says. */
export function injectFaults(
    context: EmulatorContext,
    operationOf: (request: Request, path: string) => string | null,
): MiddlewareHandler<AppEnv> {
    return async (c, next) => {
        if (context.faults.empty || c.req.path.startsWith('/_emulator/')) return next();
        const method = c.req.method;
        const stray = context.faults.has('stray-percent') && (await hasStrayPercent(c));
        for (const fault of context.faults.strike(method, c.req.path, operationOf(c.req.raw, c.req.path), stray)) {
            c.set('fault', fault.type);
            if (fault.type === 'latency') {
                await wait(fault.ms);
                continue;
            }
            const answer = replacement(c, fault);
            if (answer && !('processed' in fault && fault.processed)) return answer();
            await next();
            const replaced = answer ? answer() : await distorted(c, fault);
            // Without this Hono would keep the headers of the answer that is replaced.
            c.res = undefined;
            c.res = replaced;
            return;
        }
        await next();
    };
}

/** The answer that takes the place of the real one; null for faults that distort the real one. */
function replacement(c: AppContext, fault: Fault): (() => Response) | null {
    switch (fault.type) {
        case 'status':
            return () => {
                const text = typeof fault.body === 'string';
                const body = fault.body ?? { error: { code: 'server_error', message: 'A fault was injected.' } };
                if ([204, 205, 304].includes(fault.status))
                    return new Response(null, { status: fault.status, headers: fault.headers ?? {} });
                return text
                    ? keepText(
                          new Response(fault.body as string, { status: fault.status, headers: fault.headers ?? {} }),
                          fault.body as string,
                      )
                    : jsonResponse(fault.status, body, fault.headers);
            };
        case 'stray-percent':
            return () =>
                jsonResponse(500, { error: { code: 'generic_error_support', message: 'An unexpected error occurred.' } });
        case 'reset':
            return () => hangUp(c);
        case 'garbage':
            return () => {
                const body = fault.body ?? '<html><body>502 Bad Gateway</body>{"unfinished": ';
                return keepText(new Response(body, { headers: { 'Content-Type': 'application/json; charset=utf-8' } }), body);
            };
        case 'rate-limit':
            return () => {
                const seconds = fault.retryAfter ?? 1;
                return jsonResponse(
                    429,
                    { error: { code: 'too_many_request', method: c.req.method, path: c.req.path } },
                    {
                        'X-RateLimit-Limit': String(limitOf(c)),
                        'X-RateLimit-Remaining': '0',
                        'X-RateLimit-Reset': String(Math.floor(Date.now() / 1000 + seconds)),
                        'Retry-After': String(Math.floor(seconds)),
                    },
                );
            };
        default:
            return null;
    }
}

/** What makes the server fall over its own cache key (contract 14.2). */
async function hasStrayPercent(c: AppContext): Promise<boolean> {
    if (!c.req.path.startsWith('/proxy/') || !['POST', 'PUT', 'PATCH'].includes(c.req.method) || !c.req.raw.body) return false;
    if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return false;
    return /%(?![0-9a-f]{2})/i.test(await c.req.raw.clone().text());
}

const limitOf = (c: AppContext) => c.get('rateLimitHeaders')?.['X-RateLimit-Limit'] ?? 200;

async function distorted(c: AppContext, fault: Fault): Promise<Response> {
    const { status } = c.res;
    const headers = new Headers(c.res.headers);
    const body = new Uint8Array(await c.res.arrayBuffer());
    headers.set('content-length', String(body.length));
    if (fault.type === 'truncate') {
        const sent = body.slice(0, fault.bytes ?? Math.floor(body.length / 2));
        return cutOff(c, status, headers, sent);
    }
    const { ms = 100, bytes = 16 } = fault.type === 'slow-body' ? fault : {};
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
            if (at > 0) await wait(ms);
            if (at >= body.length) return controller.close();
            controller.enqueue(body.slice(at, at + bytes));
            at += bytes;
        },
    });
    return new Response(stream, { status, headers });
}

/** Close the connection; in process, where there is none, leave a mark. */
function hangUp(c: AppContext): Response {
    const socket = c.env?.outgoing?.socket;
    if (socket) {
        socket.resetAndDestroy();
        return alreadySent();
    }
    return new Response(null, { headers: { [resetMarker]: 'true' } });
}

function cutOff(c: AppContext, status: number, headers: Headers, sent: Uint8Array<ArrayBuffer>): Response {
    const outgoing = c.env?.outgoing;
    if (outgoing) {
        outgoing.writeHead(status, Object.fromEntries(headers));
        outgoing.write(sent, () => outgoing.socket?.destroy());
        return alreadySent();
    }
    const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
            if (sent.length > 0) controller.enqueue(sent);
            sent = new Uint8Array();
            controller.error(new TypeError('terminated: the body was cut off (injected fault)'));
        },
    });
    return new Response(stream, { status, headers });
}
