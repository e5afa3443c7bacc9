import { NangoWebhookError } from '../webhook-error.js';

interface Anything {
    readonly [name: string]: Anything | undefined;
}

/** Where frameworks keep the request in what they pass to a route: what to write for a `Request`, and for Node's request and response. */
const places: Readonly<Record<string, readonly [string, string]>> = {
    '': ['the request', 'req and res'],
    request: ['event.request', 'ctx.request and its response'],
    'req.raw': ['c.req.raw', 'request.raw and reply.raw'],
    raw: ['c.req.raw', 'request.raw and reply.raw'],
    req: ['event.req', 'ctx.req and ctx.res'],
    'node.req': ['event.req', 'event.node.req and event.node.res'],
};

/** Whether a value is a `Request` of whichever realm or library. */
export const isRequest = (value: unknown): boolean =>
    typeof (value as Anything)?.arrayBuffer === 'function' && typeof (value as Anything).headers?.get === 'function';

const isNodeRequest = (value: Anything | undefined) => typeof value?.on === 'function' && typeof value.headers === 'object';

/** What to say when a handler was called with something else than it takes. */
export function notARequest(got: unknown): NangoWebhookError {
    let advice = 'Make a Request of it, as the README does for AWS Lambda.';
    for (const [path, [web, node]] of Object.entries(places)) {
        const value = path.split('.').reduce((at, name) => (name ? at?.[name] : at), got as Anything | undefined);
        if (isRequest(value)) advice = `With @x/webhooks/fetch pass ${web}.`;
        else if (isNodeRequest(value)) advice = `With @x/webhooks/node pass ${node}.`;
        else continue;
        break;
    }
    return new NangoWebhookError('not_a_request', `The handler was called with something that is not a request. ${advice}`);
}
