import { booleanQuery } from '../base/formats.js';

/** One route, two methods of the client: an action that is queued is asked for by a header (contract 13.1). */
export function asCalled(operation: string, request: Request): string {
    if (operation !== 'triggerAction') return operation;
    const queued = booleanQuery.safeParse(request.headers.get('x-async'));
    return queued.success && queued.data ? 'triggerActionAsync' : operation;
}
