import type { EmulatorContext } from '../context.js';
import { jsonResponse } from '../http/json-response.js';
import type { Routes } from '../http/routes.js';
import { describeApi } from './describe-api.js';

/** Serves the description of every route that was added, whenever it was. */
export function registerOpenApi(routes: Routes, context: EmulatorContext): void {
    routes.hono.get('/_emulator/openapi.json', () => jsonResponse(200, describeApi(routes.list, context.origin)));
}
