/** System calls that come before anything of a request is sent. */
const beforeConnecting = new Set<unknown>(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** What the runtimes call it when no connection was made. */
const unconnected =
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/;

/** The handshake failed: a certificate that was refused, or no TLS at all. */
export const handshakeFailed = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS_|^ERR_SSL_|^EPROTO$/;

/** Whether a connection's failure proves that nothing of the request was written, whichever transport met it. */
export function isUnsent(code: unknown, syscall?: unknown): boolean {
    return beforeConnecting.has(syscall) || (typeof code === 'string' && (unconnected.test(code) || handshakeFailed.test(code)));
}
