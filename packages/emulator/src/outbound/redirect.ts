import type { OutboundRequest } from './outbound-request.js';

/** What changes for the next hop; undefined when the answer is no redirect. */
export function redirectTarget(
    status: number,
    location: string | undefined,
    current: OutboundRequest,
    first: OutboundRequest,
): Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'> | undefined {
    if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, current.url)) return undefined;
    const url = new URL(location, current.url);
    const asGet = (status === 303 && !/^(GET|HEAD)$/.test(current.method)) || (status < 303 && current.method === 'POST');
    // A streamed body is spent: the redirect itself is then the answer.
    if (!asGet && current.body instanceof ReadableStream) return undefined;
    const drop = new Set<string>(['host']);
    if (asGet) for (const name of ['content-type', 'content-length', 'content-encoding', 'transfer-encoding']) drop.add(name);
    if (!first.forwardHeadersOnRedirect && url.host !== current.url.host) {
        for (const name of ['authorization', 'proxy-authorization', 'cookie']) drop.add(name);
    }
    const headers = Object.fromEntries(Object.entries(current.headers).filter(([name]) => !drop.has(name)));
    return { url, method: asGet ? 'GET' : current.method, headers, body: asGet ? undefined : current.body };
}
