import type { PreparedCall } from '../types/prepared-call.js';
import { redacted } from './redacted.js';

/** Ids that go both ways on purpose. */
const IDS = /-id$|^(?:traceparent|tracestate|baggage|sentry-trace|b3|x-b3-.*)$/;

/** What ids are made of: another text is none. */
const ID = /^[\w.:@/+=-]{1,200}$/;
/** More of a body is not searched. */
const mostBody = 64 * 1024;

/** The server's id of a request as events show it: not where it gives back a part of the request. */
export function shownRequestId(
    call: Pick<PreparedCall, 'headers' | 'path' | 'source' | 'redactor'>,
    id: unknown,
): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    if (!ID.test(id) || (id.length >= 6 && isPartOf(call, id))) return redacted;
    return call.redactor.text(id);
}

function isPartOf({ headers, path, source }: Pick<PreparedCall, 'headers' | 'path' | 'source'>, id: string): boolean {
    for (const name in headers) {
        const value = headers[name] as string;
        if (!IDS.test(name) && value.length >= 6 && (value.includes(id) || id.includes(value))) return true;
    }
    if (path.includes(id)) return true;
    const body = source?.peek?.();
    return typeof body === 'string' && body.length <= mostBody && body.includes(id);
}
