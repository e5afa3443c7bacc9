import type { PreparedCall } from '../types/prepared-call.js';
import { redacted } from './redacted.js';

/** Ids that go both ways on purpose. */
const IDS = /-id$|^(?:traceparent|tracestate|baggage|sentry-trace|b3|x-b3-.*)$/;

/** The server's id of a request as events show it: not where it gives back another header of the request. */
export function shownRequestId(call: Pick<PreparedCall, 'headers' | 'redactor'>, id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return undefined;
    for (const name in call.headers) {
        const value = call.headers[name] as string;
        if (value.length < 8 || IDS.test(name)) continue;
        if (id.includes(value) || (id.length >= 8 && value.includes(id))) return redacted;
    }
    return call.redactor.text(id).slice(0, 200);
}
