/** What a call risks when it is repeated. */
export type CallKind = 'read' | 'repeatable write' | 'write' | 'proxied read' | 'proxied write';

/** How an attempt failed. */
export type FailureKind =
    /** The request never left: no connection could be made, or none within `timeout` where the transport knows. */
    | 'not sent'
    /** Sent, or partly, and no answer came. */
    | 'no answer'
    /** The attempt's `timeout` ran out. */
    | 'timeout'
    /** The answer broke off. */
    | 'truncated'
    /** Nango's own 429, which was not processed. */
    | 'rate limit'
    /** 408, 502, 503, 504, 520–524. */
    | 'unavailable'
    /** 500 without an error code of Nango: one with a code fails for good. */
    | 'uncoded 500'
    /** A 429 of the provider behind the proxy. */
    | 'provider rate limit'
    /** Anything else: another status, a body that is no JSON, a refused certificate. */
    | 'other';

/**
 * `repeat`: sent again after a backoff. `wait`: sent again when the rate limit allows. `if asked`: repeated when the call itself
 * sets `retry`. `fail`: the call rejects.
 */
export type Decision = 'repeat' | 'wait' | 'if asked' | 'fail';

/** What happens to which call after which failure. One-shot bodies (streams) are never sent twice, whatever it says here. */
export const decisionTable: Readonly<Record<CallKind, Readonly<Record<FailureKind, Decision>>>> = {
    read: {
        'not sent': 'repeat',
        'no answer': 'repeat',
        timeout: 'repeat',
        truncated: 'repeat',
        'rate limit': 'wait',
        unavailable: 'repeat',
        'uncoded 500': 'repeat',
        'provider rate limit': 'fail',
        other: 'fail',
    },
    'repeatable write': {
        'not sent': 'repeat',
        'no answer': 'repeat',
        timeout: 'repeat',
        truncated: 'repeat',
        'rate limit': 'wait',
        unavailable: 'repeat',
        'uncoded 500': 'fail',
        'provider rate limit': 'fail',
        other: 'fail',
    },
    write: {
        'not sent': 'repeat',
        'no answer': 'fail',
        timeout: 'fail',
        truncated: 'fail',
        'rate limit': 'wait',
        unavailable: 'fail',
        'uncoded 500': 'fail',
        'provider rate limit': 'fail',
        other: 'fail',
    },
    'proxied read': {
        'not sent': 'repeat',
        'no answer': 'repeat',
        timeout: 'repeat',
        truncated: 'if asked',
        'rate limit': 'wait',
        unavailable: 'if asked',
        'uncoded 500': 'if asked',
        'provider rate limit': 'if asked',
        other: 'fail',
    },
    'proxied write': {
        'not sent': 'repeat',
        'no answer': 'fail',
        timeout: 'fail',
        truncated: 'fail',
        'rate limit': 'wait',
        // The caller knows whether the provider minds a second one; the server's own `retries` repeat writes as well.
        unavailable: 'if asked',
        'uncoded 500': 'fail',
        'provider rate limit': 'if asked',
        other: 'fail',
    },
};
