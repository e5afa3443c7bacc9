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
        'Nango-Activity-Log-Id,Nango-Is-Dry-Run,Nango-Is-Sync,Provider-Config-Key,Connection-Id,Content-Type,Authorization,Origin,X-Requested-With,Accept,Sentry-Trace,Baggage',
    'Access-Control-Max-Age': '600',
    'Content-Length': '0',
    Vary: 'Access-Control-Request-Headers',
};

/** Only the Connect page sends beacons, and those carry its cookies (contract 1). */
export const beaconHeaders = (connectOrigin: string): Record<string, string> => ({
    'Access-Control-Allow-Origin': connectOrigin,
    'Access-Control-Allow-Credentials': 'true',
});

/** The answer to a preflight. */
export function preflight(path: string, connectOrigin: string): Response {
    const beacon = /^\/connect\/telemetry\/?$/.test(path)
        ? {
              ...beaconHeaders(connectOrigin),
              'Access-Control-Allow-Headers': 'Authorization,Content-type',
              'Access-Control-Allow-Methods': 'POST',
              'Access-Control-Max-Age': '36000',
          }
        : {};
    return new Response(null, { status: 204, headers: { ...preflightHeaders, ...beacon } });
}
