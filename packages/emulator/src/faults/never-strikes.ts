import { requestsOf } from '../base/operation-names.js';
import type { Routes } from '../http/routes.js';
import type { Fault } from './fault.js';

/** Why no request can ever be one that this fault strikes; undefined when one can. */
export function neverStrikes({ type, operation, method, path }: Fault, routes: Routes): string | undefined {
    if (path?.toLowerCase().startsWith('/_emulator')) return 'path: faults do not strike the control surface, /_emulator/*';
    const requests = operation && requestsOf(operation);
    if (type === 'stray-percent' && requests && !requests.operations.includes('proxy'))
        return `operation: a stray-percent strikes proxied requests only; ${operation} is none`;
    if (!requests || method === undefined) return undefined;
    const possible = methodsOf(requests, routes);
    return possible.length === 0 || possible.includes(method.toUpperCase())
        ? undefined
        : `method: ${operation} is never a ${method.toUpperCase()}; it is a ${possible.join(' or ')}`;
}

/** The methods that these requests can have; none when they can have any. */
function methodsOf({ operations, method }: ReturnType<typeof requestsOf>, routes: Routes): string[] {
    if (method !== undefined) return [method];
    const known = routes.list.filter((route) => (operations as readonly string[]).includes(route.operation));
    if (known.length === 0 || operations.includes('proxy')) return [];
    const methods = known.map((route) => route.method.toUpperCase());
    // A GET is answered to HEAD, too.
    return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)];
}
