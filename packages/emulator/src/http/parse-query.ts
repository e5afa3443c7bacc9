import { qs } from './qs.js';

/** Query parameters as the server reads them: repeated keys become arrays, `tags[k]=v` an object (contract 1). */
export function parseQuery(url: string): Record<string, unknown> {
    const start = url.indexOf('?');
    if (start < 0) return {};
    const end = url.indexOf('#', start);
    return qs().parse(url.slice(start + 1, end < 0 ? undefined : end), { allowPrototypes: true, arrayLimit: 100 });
}
