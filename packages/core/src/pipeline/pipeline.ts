import type { CallInput } from '../client/call.js';
import { CallControl } from './call-control.js';
import type { ClientState } from '../client/client-state.js';
import { toCallError } from '../errors/to-call-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import type { Operation } from '../types/operation.js';
import { type PreparedCall, prepareCall } from './prepare-call.js';
import { GatePass } from '../rate-limit/gate-pass.js';
import { callGateOptions } from '../rate-limit/rate-limit-options.js';
import { readAnswer } from './read-answer.js';
import type { NangoResponse } from '../types/response.js';
import { Repeats } from '../retry/repeats.js';
import { rewardSuccess } from '../retry/retry-budget.js';
import { retryPolicy } from '../retry/retry-policy.js';
import { sendWithRedirects } from '../transport/send-with-redirects.js';

/**
 * The way of every call:
 *
 * 1. validate          prepareCall: path, query, headers, body; nothing is sent if one is wrong
 * 2. hooks             aroundCall, then onError at the end
 * 3. limits            total timeout and the caller's signal, for all that follows
 * 4. retry             the loop; after a failure Repeats says whether and when the call is sent again
 * 5. rate limit        GatePass.enter: at once for nearly all, else in line
 * 6. attempt           attempt timeout, transport (the key is among the headers), the answer's body
 * 7. learn             GatePass.answered: rate limit headers
 * 8. map errors        toCallError
 */
export async function send<T>(state: ClientState, operation: Operation, input: CallInput): Promise<NangoResponse<T>> {
    const call = prepareCall(state, operation, input);
    const { hooks } = state;
    return hooks ? hooks.around(call.info, () => run<T>(state, call)) : run<T>(state, call);
}

async function run<T>(state: ClientState, call: PreparedCall): Promise<NangoResponse<T>> {
    const control = new CallControl(call);
    const started = state.hooks ? Date.now() : 0;
    let pass: GatePass | undefined;
    let streaming = false;
    let error: unknown;
    try {
        control.throwIfCancelled();
        const found = state.account(call.operation.bucket);
        const account = found instanceof Promise ? await found : found;
        const gate = state.gate && callGateOptions(state.gate, call.options.rateLimit);
        pass = gate && new GatePass(account, gate, call, control, state.hooks);
        let repeats: Repeats | undefined;
        for (let attempt = 1; ; attempt++) {
            const turn = pass?.enter();
            if (turn) await turn;
            control.throwIfCancelled();
            try {
                const answer = await attemptOnce<T>(state, call, control, pass, attempt);
                rewardSuccess(account.budget, attempt > 1);
                streaming = call.responseType === 'stream';
                return answer;
            } catch (failure) {
                error = toCallError(failure, call, control);
            }
            pass?.settle();
            repeats ??= new Repeats(
                call,
                retryPolicy(state.options.retry, call.options.retry),
                account.budget,
                control,
                state.hooks,
            );
            await repeats.next(error, attempt, pass);
        }
    } catch (last) {
        // A call that ran out of time while it waited tells what it had met until then.
        if (last instanceof NangoTimeoutError && last !== error && error !== undefined) last.cause ??= error;
        state.hooks?.emit('onError', { call: call.info, error: last, duration: Date.now() - started });
        throw last;
    } finally {
        pass?.settle();
        // A stream goes on after this call has returned; it takes its limits back when it ends.
        if (!streaming) control.release();
    }
}

async function attemptOnce<T>(
    state: ClientState,
    call: PreparedCall,
    control: CallControl,
    pass: GatePass | undefined,
    attempt: number,
): Promise<NangoResponse<T>> {
    const { hooks } = state;
    hooks?.emit('onRequest', { call: call.info, attempt });
    const sentAt = hooks ? Date.now() : 0;
    control.startAttempt(call.timeout);
    try {
        const response = await sendWithRedirects(state, call, control);
        pass?.answered(response.status, response.headers);
        hooks?.emit('onResponse', {
            call: call.info,
            attempt,
            status: response.status,
            duration: Date.now() - sentAt,
            requestId: response.headers['x-request-id'],
        });
        return await readAnswer<T>(call, control, response);
    } finally {
        control.endAttempt();
    }
}
