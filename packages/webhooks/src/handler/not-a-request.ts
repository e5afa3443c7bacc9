import { NangoWebhookError } from '../webhook-error.js';

interface Anything {
    readonly [name: string]: Anything | undefined;
}

/** What to write for a `Request`, what for Node's request and response, and where frameworks keep it in what they pass to a route. */
const places: readonly (readonly [web: string, node: string, ...path: string[]])[] = [
    ['the request', 'req and res'],
    ['event.request', 'ctx.request and its response', 'request'],
    ['c.req.raw', 'request.raw and reply.raw', 'req', 'raw'],
    ['c.req.raw', 'request.raw and reply.raw', 'raw'],
    ['event.req', 'ctx.req and ctx.res', 'req'],
    ['event.req', 'event.node.req and event.node.res', 'node', 'req'],
];

/** Whether a value is a `Request` of whichever realm or library. */
export const isRequest = (value: unknown): boolean =>
    typeof (value as Anything)?.arrayBuffer === 'function' && typeof (value as Anything).headers?.get === 'function';

const isNodeRequest = (value: Anything | undefined) => typeof value?.on === 'function' && typeof value.headers === 'object';

/** What to say when a handler was called with something else than it takes. */
export function notARequest(got: unknown): NangoWebhookError {
    const [advice = 'Make a Request of it, as the README does for AWS Lambda.'] = places.flatMap(([web, node, ...path]) => {
        const value = path.reduce((at, name) => at?.[name], got as Anything | undefined);
        if (isRequest(value)) return `With @x/webhooks/fetch pass ${web}.`;
        return isNodeRequest(value) ? `With @x/webhooks/node pass ${node}.` : [];
    });
    return new NangoWebhookError('not_a_request', `The handler was not called with a request. ${advice}`);
}
