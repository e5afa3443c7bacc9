import { TransportFailure } from './transport.js';

/** Codes that say the request never left: the connection was not made. */
const notSent = new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'UND_ERR_CONNECT_TIMEOUT',
    'ConnectionRefused',
    'FailedToOpenSocket',
]);

/**
 * Makes one kind of failure of what `fetch` rejects with on the various runtimes: Node hides the system's error in `cause`,
 * Bun has it on top, workerd and Deno only tell a message.
 */
export function classifyFetchFailure(error: unknown): TransportFailure {
    let code: string | undefined;
    let message = 'the connection failed';
    let current: unknown = error;
    for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
        const { code: own, message: text, errors } = current as { code?: unknown; message?: unknown; errors?: unknown };
        if (typeof text === 'string' && text !== '' && text !== 'fetch failed' && !text.includes('://')) message = text;
        if (typeof own === 'string') code = own;
        current = (current as { cause?: unknown }).cause ?? (Array.isArray(errors) ? errors[0] : undefined);
    }
    code ??= /refused/i.test(message) ? 'ECONNREFUSED' : /reset/i.test(message) ? 'ECONNRESET' : undefined;
    return new TransportFailure('network', code !== undefined && notSent.has(code) ? 'not-sent' : 'maybe-sent', code, message);
}
