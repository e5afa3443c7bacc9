import type { Routes } from './routes.js';

/** Says which operation a method and path belong to, before the request is routed. */
export function operationMatcher(routes: Routes): (method: string, path: string) => string | null {
    const compiled = new Map<string, RegExp>();
    return (method, path) => {
        if (path.startsWith('/proxy/')) return 'proxy';
        const wanted = method === 'HEAD' ? 'GET' : method;
        for (const { method: own, path: pattern, operation } of routes.list) {
            if (own.toUpperCase() !== wanted) continue;
            let expression = compiled.get(pattern);
            if (!expression) {
                expression = new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}/?$`);
                compiled.set(pattern, expression);
            }
            if (expression.test(path)) return operation;
        }
        return null;
    };
}
