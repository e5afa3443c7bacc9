import { nango } from './nango.js';

/** In a web handler: at most 10 s, no waiting for the account's limit, and nothing more once the browser has gone. */
export async function connectionsFor(request: Request, userId: string) {
    const { connections } = await nango.listConnections(
        { userId },
        { signal: request.signal, totalTimeout: 10_000, rateLimit: { maxWait: 0 } },
    );
    return connections;
}
