import { NangoRateLimitError } from '../errors/api-error.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { GateState } from './gate-state.js';
import { resetDate } from './rate-window.js';

/**
 * The error of a call that is not sent, since its wait would be too long. Its `response` is made up: the same status and
 * `retry-after` that the API would have given.
 */
export function rateLimitError(
    call: PreparedCall,
    { window }: GateState,
    imposed: number,
    cause: 'wait' | 'queue',
    now: number,
): NangoRateLimitError {
    const { operation, method, path } = call.info;
    const known = window.kind === 'known' ? window : undefined;
    const retryAfter = Math.ceil(imposed / 1_000);
    const resetAt = resetDate(window) ?? new Date(now + imposed);
    const why =
        cause === 'queue'
            ? 'as many calls wait already as `rateLimit.maxQueue` allows'
            : `the wait of ${retryAfter} s is longer than \`rateLimit.maxWait\``;
    return new NangoRateLimitError(
        `${operation}: the account's rate limit is used up and ${why}; nothing was sent [${method} ${path}]`,
        {
            operation,
            method,
            path,
            code: 'too_many_request',
            payload: undefined,
            errors: [],
            source: 'nango',
            sent: false,
            retryAfter,
            limit: known?.limit,
            remaining: known ? 0 : undefined,
            resetAt,
            response: {
                status: 429,
                statusText: 'Too Many Requests',
                headers: {
                    'retry-after': String(retryAfter),
                    ...(known && { 'x-ratelimit-limit': String(known.limit), 'x-ratelimit-remaining': '0' }),
                    'x-ratelimit-reset': String(Math.ceil(resetAt.getTime() / 1_000)),
                },
                data: { error: { code: 'too_many_request', method, path } },
            },
        },
    );
}
