import { NangoResponseError } from '../errors/transport-errors.js';
import type { CallContext } from '../types/call-context.js';
import type { RunningCall } from '../types/call-limits.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { TransportResponse } from '../types/transport.js';

const redirects = new Set([301, 302, 303, 307, 308]);
const mostHops = 5;

/** Sends a call once, to its own path or to one that it was redirected to. */
export function sendTo(
    path: string,
    { base, transport }: CallContext,
    call: PreparedCall,
    control: RunningCall,
): Promise<TransportResponse> {
    control.throwIfCancelled();
    const { method, headers } = call;
    const opened = call.source?.open();
    // What describes the body is the same each time.
    if (opened) Object.assign(headers, opened.headers);
    return transport.send({
        base,
        path,
        method,
        headers,
        body: opened?.body,
        bodyLength: opened?.length,
        cancellation: control,
    });
}

export const isRedirect = (response: TransportResponse): boolean => redirects.has(response.status);

/**
 * Follows redirects that stay on the configured origin, up to an answer that is none. One that leaves it is refused: neither the
 * key, nor the provider's headers, nor a body may go elsewhere.
 */
export async function followRedirects(
    first: TransportResponse,
    context: CallContext,
    call: PreparedCall,
    control: RunningCall,
): Promise<TransportResponse> {
    const { base } = context;
    let response = first;
    let { path } = call;
    for (let hop = 0; ; hop++) {
        const location = isRedirect(response) ? response.headers.location : undefined;
        if (typeof location !== 'string') return response;
        const target = parse(location, base.origin + path);
        // A provider's own redirect is answered to the caller, as any status of the provider's is: it must not choose which of
        // Nango's routes gets the key.
        if (call.operation.proxied && (target?.origin !== base.origin || !target.pathname.startsWith(`${base.path}/proxy/`)))
            return response;
        const again =
            call.method === 'GET' ||
            call.method === 'HEAD' ||
            (response.status >= 307 && (!call.source || call.source.replayable));
        if (target?.origin !== base.origin || !again || hop === mostHops) {
            response.discard();
            throw new NangoResponseError(
                `${call.info.operation}: the server answered ${response.status} with a redirect ${
                    target && target.origin !== base.origin
                        ? `to another origin (${target.origin}); nothing is sent there. Set \`host\` to it if it is yours`
                        : "that can't be followed"
                }`,
                { ...call.info, status: response.status, reason: 'redirect' },
            );
        }
        response.discard();
        path = target.pathname + target.search;
        response = await sendTo(path, context, call, control);
    }
}

function parse(location: string, from: string): URL | undefined {
    try {
        return new URL(location, from);
    } catch {
        return undefined;
    }
}
