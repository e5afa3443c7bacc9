import { Connections } from '@x/connections';
import { NangoRateLimitError } from '@x/core';

interface Env {
    NANGO_API_KEY: string;
    NANGO_HOST?: string;
}

let connections: Connections | undefined;

export default {
    async fetch(request: Request, env: Env): Promise<Response> {
        // One client for each isolate: it keeps what it has learned of the rate limit. Making it opens and starts nothing.
        connections ??= new Connections({ apiKey: env.NANGO_API_KEY, host: env.NANGO_HOST, totalTimeout: 10_000 });
        try {
            const userId = request.headers.get('x-user-id') ?? '';
            const found = await connections.listConnections({ userId }, { signal: request.signal, rateLimit: { maxWait: 0 } });
            return Response.json(found.connections.map(({ provider_config_key }) => provider_config_key));
        } catch (error) {
            if (!(error instanceof NangoRateLimitError)) throw error;
            return new Response('Busy', { status: 503, headers: { 'retry-after': String(error.retryAfter ?? 60) } });
        }
    },
};
