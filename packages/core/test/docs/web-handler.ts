import { Nango, NangoRateLimitError } from '@x/node';

const nango = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    totalTimeout: 10_000, // whatever happens, the browser gets its answer
    rateLimit: { maxWait: 0 }, // a used-up window is answered at once, not after a minute
});

export async function handle(request: Request): Promise<Response> {
    try {
        const { connections } = await nango.listConnections({ userId: 'user-1' }, { signal: request.signal });
        return Response.json(connections);
    } catch (error) {
        if (!(error instanceof NangoRateLimitError)) throw error;
        return new Response('busy', { status: 503, headers: { 'retry-after': String(error.retryAfter ?? 60) } });
    }
}
