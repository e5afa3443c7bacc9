import { asCalled } from './as-called.js';
import type { Routes } from './routes.js';

/** Which operation a request belongs to, before it is routed. */
export type OperationMatcher = (request: Request, path: string) => string | null;

/** Prefixes of paths that are no routes with a spec. */
const prefixes = { '/proxy/': 'proxy', '/v1/': 'v1' };

export function operationMatcher(routes: Routes): OperationMatcher {
    const compiled = new Map<string, RegExp>();
    return (request, path) => {
        for (const [prefix, operation] of Object.entries(prefixes)) if (path.startsWith(prefix)) return operation;
        const wanted = request.method === 'HEAD' ? 'GET' : request.method;
        for (const { method: own, path: pattern, operation } of routes.list) {
            if (own.toUpperCase() !== wanted) continue;
            let expression = compiled.get(pattern);
            if (!expression) {
                expression = new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}/?$`);
                compiled.set(pattern, expression);
            }
            if (expression.test(path)) return asCalled(operation, request);
        }
        return null;
    };
}
