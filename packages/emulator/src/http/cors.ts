/** Wire contract 1: any origin may call the API; it needs a key all the same. */
export const corsHeaders: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers':
        'Authorization,Etag,Content-Type,Content-Length,X-Nango-Signature,X-RateLimit-Limit,X-RateLimit-Remaining,X-RateLimit-Reset',
};

const preflightHeaders: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
    'Access-Control-Allow-Headers':
        'Nango-Activity-Log-Id,Nango-Is-Dry-Run,Nango-Is-Sync,Provider-Config-Key,Connection-Id,Content-Type,Authorization,Origin,X-Requested-With,Accept,Sentry-Trace,Baggage',
    'Access-Control-Max-Age': '600',
    'Content-Length': '0',
    Vary: 'Access-Control-Request-Headers',
};

/** The answer to a preflight. */
export const preflight = (): Response => new Response(null, { status: 204, headers: preflightHeaders });
