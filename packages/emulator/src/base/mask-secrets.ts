import { maskQuery } from './mask-query.js';
import { hidden, maskText } from './mask-text.js';
import { isSecret } from './secret-names.js';

/** All that may be read within `credentials` and what else is a secret as a whole. */
const shownWithin = /^(?:type|expires?_?(?:at|in)|scopes?|token_type|client_id|app_id|app_link|created_at|statusCode)$/i;

/** Headers whose values may be read; of all others only the name is shown. */
const shownHeader =
    /^(?:accept(?:-\w+)*|access-control-[\w-]+|age|allow|base-url-override|cache-control|connection|connection-id|content-[\w-]+|cross-origin-[\w-]+|date|decompress|etag|expect|expires|forward-headers-on-redirect|host|if-(?:modified-since|none-match)|keep-alive|last-modified|link|location|nango-activity-log-id|nango-is-(?:dry-run|script|sync)|origin|pragma|provider-config-key|range|referer|referrer-policy|retr(?:ies|y-on|y-after)|sec-(?:ch|fetch)-[\w-]+|server|strict-transport-security|te|traceparent|trailer|transfer-encoding|upgrade(?:-insecure-requests)?|user-agent|vary|via|x-content-type-options|x-correlation-id|x-frame-options|x-ratelimit-[\w-]+|x-request-id)$/i;

/** A header's value as it may be shown: by allow-list, with the scheme of an `Authorization` left. */
export function maskHeader([name, value]: [string, string], known: readonly string[]): [string, string] {
    const own = name.replace(/^nango-proxy-/i, '');
    if (shownHeader.test(own)) return [name, maskText(value, known)];
    const scheme = /authorization$/i.test(own) && /^(Bearer|Basic|Digest|Token|AWS4-HMAC-SHA256)\s/i.exec(value)?.[1];
    return [name, scheme ? `${scheme} ${hidden}` : hidden];
}

/** A body as it may be shown. JSON is laid out; what was cut or is no JSON is masked as text. */
export function maskBody(text: string, type: string | null, known: readonly string[]): string {
    if (/x-www-form-urlencoded/i.test(type ?? '')) return maskText(maskQuery(`?${text}`).slice(1), known);
    if (/^\s*[[{]/.test(text)) {
        try {
            return maskText(JSON.stringify(maskValue(JSON.parse(text)), null, 2), known);
        } catch {
            // Cut off, or no JSON after all.
        }
    }
    return maskText(maskPairs(text), known);
}

/** Strings that stand behind the name of a secret, in what is nearly JSON: string by string, so that no text holds it up. */
function maskPairs(text: string): string {
    let name = '';
    let end = 0;
    return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, (string, offset: number) => {
        const isValue = text.slice(end, offset).trim() === ':' && isSecret(name);
        end = offset + string.length;
        name = string.slice(1, -1);
        return isValue ? `"${hidden}${string.length > 1 && string.endsWith('"') ? '"' : ''}` : string;
    });
}

/** A JSON value with its secrets masked by the names that they stand under. */
export function maskValue(value: unknown, within = false): unknown {
    if (Array.isArray(value)) return value.map((item) => maskValue(item, within));
    if (typeof value !== 'object' || value === null)
        return within && value !== null && typeof value !== 'boolean' ? hidden : value;
    const named = (value as { name?: unknown }).name;
    const pair = typeof named === 'string' && isSecret(named);
    return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => {
            if (within && shownWithin.test(name)) return [name, inner];
            const inside = within || /^credentials?(?:_?override)?$/i.test(name);
            // `{ name: 'API_TOKEN', value: … }`
            if ((isSecret(name) || (pair && name === 'value')) && typeof inner === 'string' && inner !== '')
                return [name, hidden];
            return [name, maskValue(inner, inside || (isSecret(name) && typeof inner === 'object'))];
        }),
    );
}
