/** Beginnings of header names that don't go on with a forwarded provider webhook (contract 17.2). */
const withheld = [
    'host',
    'authorization',
    'connection',
    'keep-alive',
    'content-length',
    'content-type',
    'content-encoding',
    'cookie',
    'set-cookie',
    'referer',
    'user-agent',
    'sec-',
    'proxy-',
    'www-authenticate',
    'server',
    // Would end the body early, or be taken for this delivery's own signature.
    'transfer-encoding',
    'x-nango-',
];

/** The provider's own headers that a forwarded delivery carries, names in lower case. */
export function forwardedWebhookHeaders(headers: Headers): Record<string, string> {
    return Object.fromEntries([...headers].filter(([name]) => !withheld.some((beginning) => name.startsWith(beginning))));
}
