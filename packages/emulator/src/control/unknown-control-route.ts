import { suggestion } from '../base/nearest.js';
import { jsonResponse } from '../http/json-response.js';
import type { AnyRouteSpec } from '../http/routes.js';

/** The answer to a method and path of the control surface that there is not; null for a path elsewhere. */
export function unknownControlRoute(method: string, path: string, routes: readonly AnyRouteSpec[]): Response | null {
    if (!path.startsWith('/_emulator/')) return null;
    const control = routes.filter((route) => route.path.startsWith('/_emulator/'));
    const here = control.filter((route) => new RegExp(`^${route.path.replace(/:[^/]+/g, '[^/]+')}$`).test(path));
    const advice =
        here.length > 0
            ? `; there is ${here.map((route) => route.method.toUpperCase()).join(', ')}`
            : suggestion(path, [...new Set(control.map((route) => route.path))]);
    const end = advice.endsWith('?') ? '' : '.';
    return jsonResponse(404, { error: { code: 'not_found', message: `There is no ${method} ${path}${advice}${end}` } });
}
