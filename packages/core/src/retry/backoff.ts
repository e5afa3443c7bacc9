import type { RetryPolicy } from './retry-policy.js';

/**
 * Full jitter: anything between 0 and a bound that doubles with each repeat, so that calls which failed together do not come
 * back together.
 *
 * @param repeat 1 for the first repeat
 * @returns ms
 */
export function backoff(policy: RetryPolicy, repeat: number): number {
    return Math.random() * Math.min(policy.maxDelay, policy.baseDelay * 2 ** Math.min(repeat - 1, 30));
}
