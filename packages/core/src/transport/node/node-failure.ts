import type { ClientRequest } from 'node:http';
import { TransportFailure } from '../../types/transport.js';
import { isUnsent } from '../unsent.js';

interface SystemError {
    readonly code?: unknown;
    readonly syscall?: unknown;
    readonly message?: unknown;
}

/** A request's connection, as far as it shows whether it is made. */
interface Connection {
    readonly connecting?: boolean;
    /** The request is written when the handshake has ended. */
    readonly secureConnecting?: boolean;
    readonly writableLength?: number;
}

/** Whether a request that is still under way has no connection yet, so that nothing of it can have arrived. */
export function awaitsConnection({ socket }: { readonly socket: Connection | null }): boolean {
    if (!socket) return true;
    // The sockets of msw and nock seem to connect until they answer, but hold nothing back meanwhile.
    return (socket.connecting || socket.secureConnecting) === true && (socket.writableLength ?? 0) > 0;
}

/** Makes one kind of failure of what `node:http` reports, and whether the request can have left. */
export function classifyNodeFailure(error: unknown, outgoing: ClientRequest): TransportFailure {
    const { code, syscall, message, errors } = error as SystemError & { errors?: unknown };
    // Node tries every address of a host and reports the failures together.
    const each = (Array.isArray(errors) ? errors : []) as SystemError[];
    const socket = outgoing.socket as Connection | null | undefined;
    const unconnected =
        isUnsent(code, syscall ?? each[0]?.syscall) || socket?.connecting === true || socket?.secureConnecting === true;
    const said = [message, ...each.map((one) => one.message)].filter((text) => typeof text === 'string' && text !== '');
    return new TransportFailure(
        'network',
        unconnected ? 'not-sent' : 'maybe-sent',
        typeof code === 'string' ? code : undefined,
        explained(String(code), said.length > 0 ? [...new Set(said)].join('; ') : 'the connection failed'),
    );
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
