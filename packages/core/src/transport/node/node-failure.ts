import type { ClientRequest } from 'node:http';
import { TransportFailure } from '../transport.js';

const beforeConnecting = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** Makes one kind of failure of what `node:http` reports, and tells whether the request can have left. */
export function classifyNodeFailure(error: unknown, outgoing: ClientRequest): TransportFailure {
    const { code, syscall, message, errors } = error as {
        code?: unknown;
        syscall?: unknown;
        message?: unknown;
        errors?: unknown[];
    };
    // Node tries every address of a host and reports the failures together.
    const first = Array.isArray(errors) ? (errors[0] as { syscall?: unknown; message?: unknown } | undefined) : undefined;
    const unconnected =
        beforeConnecting.has(String(syscall ?? first?.syscall)) || outgoing.socket?.connecting === true || isTlsFailure(code);
    const text = typeof message === 'string' && message !== '' ? message : String(first?.message ?? 'the connection failed');
    return new TransportFailure(
        'network',
        unconnected ? 'not-sent' : 'maybe-sent',
        typeof code === 'string' ? code : undefined,
        text,
    );
}

/** The handshake failed, so nothing of the request was written. */
function isTlsFailure(code: unknown): boolean {
    return typeof code === 'string' && (/CERT|^ERR_TLS_|^ERR_SSL_|SELF_SIGNED|UNABLE_TO_/.test(code) || code === 'EPROTO');
}
