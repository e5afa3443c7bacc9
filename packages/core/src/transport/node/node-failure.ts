import type { ClientRequest } from 'node:http';
import { TransportFailure } from '../transport.js';

interface SystemError {
    readonly code?: unknown;
    readonly syscall?: unknown;
    readonly message?: unknown;
}

const beforeConnecting = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** Makes one kind of failure of what `node:http` reports, and tells whether the request can have left. */
export function classifyNodeFailure(error: unknown, outgoing: ClientRequest): TransportFailure {
    const { code, syscall, message, errors } = error as SystemError & { errors?: unknown };
    // Node tries every address of a host and reports the failures together.
    const each = (Array.isArray(errors) ? errors : []) as SystemError[];
    const socket = outgoing.socket as { connecting?: boolean; secureConnecting?: boolean } | null | undefined;
    const unconnected =
        beforeConnecting.has(String(syscall ?? each[0]?.syscall)) ||
        socket?.connecting === true ||
        // The request is written when the handshake has ended.
        socket?.secureConnecting === true ||
        isTlsFailure(code);
    const said = [message, ...each.map((one) => one.message)].filter((text) => typeof text === 'string' && text !== '');
    return new TransportFailure(
        'network',
        unconnected ? 'not-sent' : 'maybe-sent',
        typeof code === 'string' ? code : undefined,
        explained(String(code), said.length > 0 ? [...new Set(said)].join('; ') : 'the connection failed'),
    );
}

/** The handshake failed, so nothing of the request was written. */
function isTlsFailure(code: unknown): boolean {
    return typeof code === 'string' && (/CERT|^ERR_TLS_|^ERR_SSL_|SELF_SIGNED|UNABLE_TO_/.test(code) || code === 'EPROTO');
}

/** Adds what to do where the system's words leave it open. */
function explained(code: string, text: string): string {
    if (/SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)/.test(code))
        return `${text}. If the server, or a proxy that reads TLS, has a private CA: name its PEM file in NODE_EXTRA_CA_CERTS, or pass it as \`ca\` of an https.Agent in \`httpsAgent\``;
    if (/alert.(?:certificate|bad.certificate|unknown.ca|handshake.failure)/i.test(`${code} ${text}`))
        return `${firstLine(text)}. The server may want a client certificate that it knows: pass its \`cert\` and \`key\` with an https.Agent in \`httpsAgent\``;
    if (/wrong.version.number|packet length too long|http request/i.test(`${code} ${text}`))
        return 'what answered does not speak TLS: are the scheme and the port right, of the host and of the proxy?';
    return firstLine(text);
}

/** OpenSSL's own words go on for lines. */
function firstLine(text: string): string {
    return text.trim().split('\n')[0] as string;
}
