import { decoded, hidden, maskText } from './mask-text.js';
import { isSecretInQuery } from './secret-names.js';

/** The query string with every value that may be a secret replaced by `***`, also in an address that is a value itself. */
export function maskQuery(search: string): string {
    if (search === '') return '';
    return `?${search.slice(1).split('&').map(maskPair).join('&')}`;
}

function maskPair(pair: string): string {
    const [name = ''] = pair.split('=', 1);
    if (name === pair) return pair;
    if (isSecretInQuery(decoded(name))) return `${name}=${hidden}`;
    const raw = pair.slice(name.length + 1);
    // Too short for any secret that is known by its shape.
    if (/^[\w-]{0,20}$/.test(raw)) return pair;
    const value = decoded(raw);
    const masked = maskText(value, []);
    return masked === value ? pair : `${name}=${encodeURIComponent(masked)}`;
}
