import type { Attributes } from '@opentelemetry/api';
import type { CallInfo } from '../types/hooks.js';

/** The methods that the HTTP semantic conventions name; all others are `_OTHER`. */
const knownMethods = new Set<string>(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** `{method} {url.template}`. */
export function spanName(call: CallInfo): string {
    return `${knownMethods.has(call.method) ? call.method : 'HTTP'} ${call.path}`;
}

/** What is known before the request is sent. */
export function requestAttributes(call: CallInfo): Attributes {
    const { protocol, hostname, port } = new URL(call.origin);
    const known = knownMethods.has(call.method);
    return {
        'http.request.method': known ? call.method : '_OTHER',
        ...(!known && { 'http.request.method_original': call.method }),
        'server.address': hostname.replace(/^\[|\]$/g, ''),
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        'url.scheme': protocol.slice(0, -1),
        'url.template': call.path,
        'nango.operation': call.operation,
    };
}
