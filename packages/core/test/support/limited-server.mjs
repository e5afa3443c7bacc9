import { createServer } from 'node:http';

/**
 * A server with Nango's limiter (contract 3): a fixed window that begins with its first request, headers in whole seconds,
 * `Retry-After` cut to seconds. Plain JavaScript, so that scripts of several processes can run it too.
 *
 * @param {{ limit: number, window: number, skew?: number, latency?: number }} options `window`, `skew` and `latency` in ms
 */
export async function startLimitedServer({ limit, window, skew = 0, latency = 0 }) {
    const stats = { served: 0, rejected: 0, windows: 0, order: [], firstAt: 0, lastAt: 0 };
    let used = 0;
    let endsAt = 0;
    const server = createServer((request, response) => {
        request.resume();
        const now = Date.now() + skew;
        stats.firstAt ||= now;
        if (now >= endsAt) {
            endsAt = now + window;
            used = 0;
            stats.windows += 1;
        }
        used += 1;
        const headers = {
            date: new Date(now).toUTCString(),
            'content-type': 'application/json',
            'x-ratelimit-limit': limit,
            'x-ratelimit-remaining': Math.max(0, limit - used),
            'x-ratelimit-reset': Math.floor(endsAt / 1_000),
        };
        const answer = () => {
            if (!rejected) {
                stats.served += 1;
                stats.order.push(request.url);
                stats.lastAt = now;
                response.writeHead(200, headers).end('{}');
            } else {
                stats.rejected += 1;
                response
                    .writeHead(429, { ...headers, 'retry-after': Math.floor((endsAt - now) / 1_000) })
                    .end(JSON.stringify({ error: { code: 'too_many_request', method: request.method, path: request.url } }));
            }
        };
        const rejected = used > limit;
        if (latency > 0) setTimeout(answer, latency);
        else answer();
    });
    server.keepAliveTimeout = 61_000;
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    return {
        url: `http://127.0.0.1:${port}`,
        stats,
        close() {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}
