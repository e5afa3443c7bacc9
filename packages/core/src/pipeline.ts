import type { CallInput } from './call.js';
import { CallControl } from './call-control.js';
import type { ClientState } from './client/client-state.js';
import { toCallError } from './errors/to-call-error.js';
import type { Operation } from './operation.js';
import { type PreparedCall, prepareCall } from './prepare-call.js';
import { readAnswer } from './read-answer.js';
import type { NangoResponse } from './response.js';
import { sendWithRedirects } from './transport/send-with-redirects.js';

/**
 * The way of every call:
 *
 * 1. validate          prepareCall: path, query, headers, body; nothing is sent if one is wrong
 * 2. hooks             aroundCall, then onError at the end
 * 3. limits            total timeout and the caller's signal, for all that follows
 * 4. retry             the loop
 * 5. rate limit        acquire
 * 6. auth, attempt timeout, transport
 * 7. learn             rate limit headers
 * 8. map errors
 */
export async function send<T>(state: ClientState, operation: Operation, input: CallInput): Promise<NangoResponse<T>> {
    const call = prepareCall(state, operation, input);
    const { hooks } = state;
    return hooks ? hooks.around(call.info, () => run<T>(state, call)) : run<T>(state, call);
}

async function run<T>(state: ClientState, call: PreparedCall): Promise<NangoResponse<T>> {
    const control = new CallControl(call);
    const started = state.hooks ? Date.now() : 0;
    let streaming = false;
    try {
        for (let attempt = 1; ; attempt++) {
            control.throwIfCancelled();
            try {
                const answer = await attemptOnce<T>(state, call, control, attempt);
                streaming = call.responseType === 'stream';
                return answer;
            } catch (failure) {
                throw toCallError(failure, call, control);
            }
        }
    } catch (error) {
        state.hooks?.emit('onError', { call: call.info, error, duration: Date.now() - started });
        throw error;
    } finally {
        // A stream goes on after this call has returned; it takes its limits back when it ends.
        if (!streaming) control.release();
    }
}

async function attemptOnce<T>(
    state: ClientState,
    call: PreparedCall,
    control: CallControl,
    attempt: number,
): Promise<NangoResponse<T>> {
    const { hooks } = state;
    hooks?.emit('onRequest', { call: call.info, attempt });
    const sentAt = hooks ? Date.now() : 0;
    control.startAttempt(call.timeout);
    try {
        const response = await sendWithRedirects(state, call, control);
        hooks?.emit('onResponse', {
            call: call.info,
            attempt,
            status: response.status,
            duration: Date.now() - sentAt,
            requestId: response.headers['x-request-id'],
        });
        return await readAnswer<T>(state, call, control, response);
    } finally {
        control.endAttempt();
    }
}
