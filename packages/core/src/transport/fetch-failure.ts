import { TransportFailure } from '../types/transport.js';
import { isUnsent } from './unsent.js';

interface Failure {
    readonly code?: unknown;
    readonly syscall?: unknown;
    readonly message?: unknown;
    readonly cause?: unknown;
    readonly errors?: unknown;
}

/**
 * Makes one kind of failure of what `fetch` rejects with on the various runtimes: Node hides the system's error in `cause`,
 * Bun has it on top, workerd and Deno only give a message.
 */
export function classifyFetchFailure(error: unknown): TransportFailure {
    let code: string | undefined;
    let syscall: unknown;
    let message = 'the connection failed';
    let current = error as Failure | undefined;
    for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
        const { message: text, errors } = current;
        if (typeof text === 'string' && text !== '' && text !== 'fetch failed' && !text.includes('://')) message = text;
        if (typeof current.code === 'string') code = current.code;
        syscall = current.syscall ?? syscall;
        current = (current.cause ?? (Array.isArray(errors) ? errors[0] : undefined)) as Failure | undefined;
    }
    code ??= /refused/i.test(message) ? 'ECONNREFUSED' : /reset/i.test(message) ? 'ECONNRESET' : undefined;
    // undici's ProxyAgent has no code for it; these are the Node adapter's.
    const refused = /^Proxy response \((\d)/.exec(message)?.[1];
    if (refused) code = refused === '5' ? 'EPROXY_GATEWAY' : 'EPROXY';
    return new TransportFailure('network', refused || isUnsent(code, syscall) ? 'not-sent' : 'maybe-sent', code, message);
}
