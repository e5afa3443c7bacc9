import { inputError } from '../errors/input-error.js';
import type { RequestHeaders } from '../types/transport.js';
import { describe } from './describe.js';
import { requireNamed } from './require.js';

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 field values without obs-text: what both `node:http` and `fetch` can send unchanged. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What says where a message ends and what becomes of its connection: a wrong one is read by the next caller on that connection. */
const FRAMING_HEADERS =
    /^(?:content-length|transfer-encoding|host|expect|upgrade|connection|keep-alive|proxy-connection|te|trailer)$/;

/** Headers whose value names something: not a space may be lost of it. */
const ID_HEADERS = new Set(['connection-id', 'provider-config-key']);

/**
 * Checks one header before anything is sent: a line break in a value would let the caller's data write headers of its own.
 * The message never repeats the value.
 *
 * @throws {NangoInputError}
 */
export function checkHeader(name: string, value: unknown, operation: string): string {
    if (!NAME.test(name)) throw inputError(operation, 'headers', `${JSON.stringify(name)} is not a header name`);
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (typeof text !== 'string') {
        throw inputError(operation, name, `header \`${name}\` must be a string, got ${describe(value)}`);
    }
    if (!VALUE.test(text)) {
        throw inputError(
            operation,
            name,
            `header \`${name}\` holds a line break, a control character or a character outside Latin-1; encode it first`,
        );
    }
    if (ID_HEADERS.has(name) && /^[\t ]|[\t ]$/.test(text)) {
        throw inputError(
            operation,
            name,
            `header \`${name}\` begins or ends with a space, which HTTP drops: it would name another one`,
        );
    }
    return text;
}

/**
 * Checks headers that a caller adds to calls of Nango itself.
 *
 * @throws {NangoInputError} for `Authorization` and `Nango-*`, which the client sets, and for headers of the connection, such as `Content-Length`
 */
export function checkCallerHeaders(headers: Readonly<Record<string, string>>, operation: string): RequestHeaders {
    requireNamed(headers, 'headers', operation);
    const checked: RequestHeaders = {};
    for (const name of Object.keys(headers)) {
        const lower = name.toLowerCase();
        if (lower === 'authorization' || lower === 'proxy-authorization' || lower.startsWith('nango-')) {
            throw inputError(
                operation,
                name,
                `header \`${name}\` is set by the client; headers for the provider go in the proxy config's \`headers\``,
            );
        }
        if (FRAMING_HEADERS.test(lower)) {
            throw inputError(
                operation,
                name,
                `header \`${name}\` belongs to the connection, which the client keeps for other calls too: leave it out`,
            );
        }
        checked[lower] = checkHeader(name, headers[name], operation);
    }
    return checked;
}
