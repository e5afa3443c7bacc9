/** Contract 1: any origin may call the API; it needs a key all the same. */
export const corsHeaders: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers':
        'Authorization,Etag,Content-Type,Content-Length,X-Nango-Signature,X-RateLimit-Limit,X-RateLimit-Remaining,X-RateLimit-Reset',
};

const preflightHeaders: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
    'Access-Control-Allow-Headers':
        'Authorization,Content-Type,Accept,Origin,X-Requested-With,Nango-Activity-Log-Id,Nango-Is-Dry-Run,Nango-Is-Sync,Provider-Config-Key,Connection-Id,Sentry-Trace,Baggage',
    'Access-Control-Max-Age': '600',
    'Content-Length': '0',
    Vary: 'Access-Control-Request-Headers',
};

/** Only the Connect page sends beacons, and those carry its cookies (contract 1). */
export const beaconHeaders = (connectOrigin: string): Record<string, string> => ({
    'Access-Control-Allow-Origin': connectOrigin,
    'Access-Control-Allow-Credentials': 'true',
});

/** Paths that answer other pages nothing, or only the Connect page (contract 1). */
export const withoutCors = /^\/(?:_emulator|health|ready|connect\/telemetry)(?:\/|$)/;

/** The answer to a preflight. */
export function preflight(path: string, connectOrigin: string): Response {
    const beacon = /^\/connect\/telemetry\/?$/.test(path)
        ? {
              ...beaconHeaders(connectOrigin),
              'Access-Control-Allow-Headers': 'Authorization,Content-type',
              'Access-Control-Allow-Methods': 'POST',
              'Access-Control-Max-Age': '36000',
          }
        : path.startsWith('/api/v1/')
          ? { 'Access-Control-Allow-Headers': 'Origin,Content-Type,sentry-trace,baggage' }
          : {};
    return new Response(null, { status: 204, headers: { ...preflightHeaders, ...beacon } });
}
