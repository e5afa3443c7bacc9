import { qs } from './qs.js';

/** Nothing in it that qs would decode, nest, repeat or leave out. */
const plain = /^[a-z][\w-]*=[\w.,:-]*(?:&[a-z][\w-]*=[\w.,:-]*)*$/i;

/** Query parameters as the server reads them: repeated keys become arrays, `tags[k]=v` an object (contract 1). */
export function parseQuery(url: string): Record<string, unknown> {
    const start = url.indexOf('?');
    if (start < 0) return {};
    const end = url.indexOf('#', start);
    const query = url.slice(start + 1, end < 0 ? undefined : end);
    return plainQuery(query) ?? qs().parse(query, { allowPrototypes: true, arrayLimit: 100 });
}

/** What nearly all queries are takes a fraction of the time without qs; undefined for any other. */
function plainQuery(query: string): Record<string, string> | undefined {
    if (query.length > 1000 || !plain.test(query)) return undefined;
    const values: Record<string, string> = {};
    for (const pair of query.split('&')) {
        const at = pair.indexOf('=');
        const name = pair.slice(0, at);
        if (Object.hasOwn(values, name)) return undefined;
        values[name] = pair.slice(at + 1);
    }
    return values;
}
