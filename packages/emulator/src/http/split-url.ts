/** Path and query (with its `?`) of a request's address, which is in the spelling of a `URL` already: a cut is enough. */
export function splitUrl(url: string): { pathname: string; search: string } {
    const from = url.indexOf('/', url.indexOf('//') + 2);
    const fragment = url.indexOf('#', from);
    const to = fragment < 0 ? url.length : fragment;
    const query = url.indexOf('?', from);
    if (query < 0 || query >= to - 1) return { pathname: url.slice(from, query < 0 || query > to ? to : query), search: '' };
    return { pathname: url.slice(from, query), search: url.slice(query, to) };
}
