import { OutboundDeniedError, type OutboundPolicy } from '../outbound/outbound-policy.js';
import type { OutboundRequest } from '../outbound/outbound-request.js';
import { isRetryableCode } from '../outbound/retryable-code.js';
import { OutboundNetworkError, sendRequest } from '../outbound/send-request.js';
import type { ProviderRetry } from '../providers/provider.js';
import type { World } from '../world.js';
import { failureResponse, readFailure, successResponse } from './proxy-response.js';
import { isRetryableStatus, retryWait } from './retry-wait.js';

export interface ProxyAttempts {
    retries: number;
    /** Statuses of `Retry-On`. */
    retryOn: readonly number[];
    providerRetry: ProviderRetry | undefined;
}

/** Sends the request with the server's retries and turns the last answer into the caller's (contract 14.3 to 14.5). */
export async function proxyRequest(
    world: World,
    policy: OutboundPolicy,
    request: OutboundRequest,
    attempts: ProxyAttempts,
): Promise<Response> {
    for (let tried = 1; ; tried++) {
        const last = tried > attempts.retries;
        try {
            const upstream = await sendRequest(request, policy);
            if (upstream.status >= 200 && upstream.status < 300) return await successResponse(upstream);
            const failure = await readFailure(upstream);
            if (last || !isRetryableStatus(failure, attempts.providerRetry, attempts.retryOn)) return failureResponse(failure);
            await pause(world, retryWait(failure, attempts.providerRetry, tried, world.clock.now()), request.signal);
        } catch (error) {
            if (error instanceof OutboundDeniedError) throw error;
            // The answer broke off, or could not be decoded: 500 without a body (contract 14.4).
            if (!(error instanceof OutboundNetworkError)) return new Response(null, { status: 500 });
            if (last || !isRetryableCode(error.code) || request.signal?.aborted) return networkFailure(error, request.method);
            await pause(world, retryWait(undefined, attempts.providerRetry, tried, world.clock.now()), request.signal);
        }
    }
}

/** 500 without an `error` wrapper (contract 14.3). */
function networkFailure(error: OutboundNetworkError, method: string): Response {
    return Response.json({ message: error.message, code: error.code, method: method.toLowerCase() }, { status: 500 });
}

/**
 * Waits until the emulator's clock or the machine's has moved on by so much: a test can move past the wait, and a sync that proxies
 * while the clock is being moved (which waits for that sync) is not held up for ever.
 */
function pause(world: World, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
        const emulated = world.clock.after(ms, done);
        const real = setTimeout(done, ms);
        function done() {
            emulated.cancel();
            clearTimeout(real);
            signal?.removeEventListener('abort', done);
            resolve();
        }
        signal?.addEventListener('abort', done);
    });
}
