import type { NangoInputError } from '@x/core';
import { buildQuery, inputError, requireNamed } from '@x/core/internal';
import { flattenParams } from './flatten-params.js';
import type { ProxyRequest } from './proxy-config.js';

/**
 * Path and query of a proxied request. Whatever the endpoint is, it stays below `/proxy`; a whole URL goes after it as it is
 * (`/proxy/https://…`).
 *
 * @throws {NangoInputError} for an endpoint that could leave the provider's API, and for one that two servers could read differently
 */
export function proxyTarget({ endpoint, params, baseUrlOverride }: ProxyRequest, operation: string): string {
    // An empty one is the base URL itself, where the call names one: that is how a signed link is fetched.
    if (typeof endpoint !== 'string' || (endpoint === '' && !baseUrlOverride))
        throw refuse('`endpoint` must be a path such as /user/repos; only with `baseUrlOverride` may it be empty', operation);
    checkText(endpoint, '`endpoint`', operation);
    const mark = endpoint.indexOf('?');
    const path = mark < 0 ? endpoint : endpoint.slice(0, mark);
    const query = mark < 0 ? '' : endpoint.slice(mark + 1);
    if (hasDotSegment(path)) {
        throw refuse(
            "`endpoint` holds a '.' or '..' segment, which would lead to another resource; write the path out",
            operation,
        );
    }
    const slash = path.startsWith('/') ? '' : '/';
    return `/proxy${slash}${encodeUnsafe(path, operation)}${joinQuery(query, mark >= 0, params, operation)}`;
}

function joinQuery(own: string, hasOwn: boolean, params: ProxyRequest['params'], operation: string): string {
    const kept = own === '' ? '' : `?${encodeUnsafe(own, operation)}`;
    if (params === undefined || params === null || params === '') return kept;
    if (typeof params === 'string') {
        // As in @nangohq/node: two query strings have no order that would be right.
        if (hasOwn)
            throw refuse('`endpoint` has a query already: pass `params` as an object, or all of it in one place', operation);
        checkText(params, '`params`', operation);
        return `?${encodeUnsafe(params.replace(/^\?/, ''), operation)}`;
    }
    if (Object.prototype.toString.call(params) !== '[object URLSearchParams]') requireNamed(params, 'params', operation);
    const named = flattenParams(params, operation);
    const added = buildQuery(named, operation);
    if (own === '' || added === '') return added || kept;
    const left = kept
        .slice(1)
        .split('&')
        .filter((pair) => !Object.hasOwn(named, decode(pair.split('=')[0] as string)))
        .join('&');
    return left === '' ? added : `?${left}&${added.slice(1)}`;
}

function decode(name: string): string {
    try {
        return decodeURIComponent(name.replaceAll('+', ' '));
    } catch {
        return name;
    }
}

/** What URL parsers drop, fold or cut at: with it, the request would not go where the text says. */
function checkText(text: string, what: string, operation: string): void {
    const fault = /[\0-\x1f\x7f]/.test(text)
        ? 'a control character'
        : text.includes('\\')
          ? 'a backslash (encode it as %5C)'
          : text.includes('#')
            ? 'a # (encode it as %23)'
            : undefined;
    if (fault !== undefined) throw refuse(`${what} holds ${fault}`, operation);
}

/** Looks through every layer of percent-encoding: each server on the way may take one off. */
function hasDotSegment(path: string): boolean {
    let text = path;
    for (let layer = 0; layer < 10; layer++) {
        if (/(?:^|[/\\])[\t\n\r]*\.[\t\n\r]*(?:\.[\t\n\r]*)?(?:[/\\]|$)/.test(text)) return true;
        if (!text.includes('%')) return false;
        const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        if (decoded === text) return false;
        text = decoded;
    }
    return true;
}

/** Encodes what no URL can hold, and a `%` that encodes nothing; the rest goes out as written. */
function encodeUnsafe(text: string, operation: string): string {
    try {
        return text.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9_\-.~!$&'()*+,;=:@/?%[\]]/gu, encodeURIComponent);
    } catch {
        throw refuse('`endpoint` is not well-formed Unicode (it holds half of a surrogate pair)', operation);
    }
}

function refuse(message: string, operation: string): NangoInputError {
    return inputError(operation, 'endpoint', message);
}
