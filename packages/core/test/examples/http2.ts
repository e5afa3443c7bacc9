import { Nango } from '@x/node';
import { Agent, type RequestInit, fetch as undiciFetch } from 'undici';

export function nangoOverHttp2(ca?: string) {
    const dispatcher = new Agent({
        allowH2: true,
        connections: 1, // or each call of a burst opens one before it is known that they could share it
        pipelining: 100, // requests at once on it; undici's default is 1, even over HTTP/2
        ...(ca ? { connect: { ca } } : {}),
    });
    const send = (url: unknown, init: unknown) => undiciFetch(url as string, { ...(init as RequestInit), dispatcher });
    // The types of undici and of the undici inside Node are two, so a cast is needed.
    const fetch = send as unknown as typeof globalThis.fetch;
    return new Nango({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST, fetch });
}
