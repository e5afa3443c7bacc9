import { toCallError } from '../errors/to-call-error.js';
import { NangoTimeoutError } from '../errors/transport-errors.js';
import type { HookRunner } from '../hooks/hook-runner.js';
import { GatePass } from '../rate-limit/gate-pass.js';
import { callGateOptions, type GateOptions } from '../rate-limit/rate-limit-options.js';
import { loadRedaction } from '../redaction/redactor.js';
import { shownRequestId } from '../redaction/shown-request-id.js';
import { kindOfFailure } from '../retry/classify.js';
import { Repeats } from '../retry/repeats.js';
import { rewardSuccess } from '../retry/retry-budget.js';
import { outageTime, retryPolicy } from '../retry/retry-policy.js';
import { followRedirects, isRedirect, sendTo } from '../transport/redirects.js';
import type { CallContext } from '../types/call-context.js';
import type { CallInput } from '../types/call-input.js';
import type { Operation } from '../types/operation.js';
import type { PreparedCall } from '../types/prepared-call.js';
import type { NangoResponse } from '../types/response.js';
import { TransportFailure } from '../types/transport.js';
import type { AccountState } from './account-state.js';
import { CallControl } from './call-control.js';
import { prepareCall } from './prepare-call.js';
import { readAnswer } from './read-answer.js';

/** A client, as its calls know it. */
export interface PipelineClient extends CallContext {
    readonly hooks: HookRunner | undefined;
    readonly gate: GateOptions;
    account(bucket: Operation['bucket']): AccountState | Promise<AccountState>;
}

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
export async function send<T>(client: PipelineClient, operation: Operation, input: CallInput): Promise<NangoResponse<T>> {
    try {
        const call = prepareCall(client, operation, input);
        const { hooks } = client;
        const control = new CallControl(call);
        call.source?.watch?.((error) => control.cancel(error));
        return await (hooks
            ? hooks.around(call.info, control, () => run<T>(client, call, control))
            : run<T>(client, call, control));
    } catch (error) {
        // Whatever it was: nobody reads the body any more.
        input.source?.discard?.();
        throw error;
    }
}

async function run<T>(client: PipelineClient, call: PreparedCall, control: CallControl): Promise<NangoResponse<T>> {
    const started = client.hooks ? Date.now() : 0;
    let pass: GatePass | undefined;
    let streaming = false;
    let error: unknown;
    try {
        control.throwIfCancelled();
        const found = client.account(call.operation.bucket);
        const account = found instanceof Promise ? await found : found;
        const outage = outageTime(client.options.retry, call.options.retry);
        const gate = callGateOptions(client.gate, call.options.rateLimit);
        pass = new GatePass(account, gate, call, control, client.hooks, outage);
        let repeats: Repeats | undefined;
        for (let attempt = 1; ; attempt++) {
            const turn = pass.enter();
            if (turn) await turn;
            control.throwIfCancelled();
            try {
                const answer = await attemptOnce<T>(client, call, control, pass, attempt);
                rewardSuccess(account.budget, attempt > 1);
                streaming = call.responseType === 'stream';
                return answer;
            } catch (failure) {
                if (failure instanceof TransportFailure) await loadRedaction();
                error = toCallError(failure, call, control);
                const kind = kindOfFailure(error);
                if (kind === 'not sent' || kind === 'rate limit') control.forgetAttempt();
                if (kind === 'not sent') pass.unreachable(error);
            }
            pass.settle();
            repeats ??= new Repeats(
                call,
                retryPolicy(client.options.retry, call.options.retry),
                account.budget,
                control,
                client.hooks,
            );
            await repeats.next(error, attempt, pass);
        }
    } catch (last) {
        // A call that ran out of time while it waited reports what it had met until then.
        if (last instanceof NangoTimeoutError && last !== error && error !== undefined) last.cause ??= error;
        client.hooks?.emit('onError', { call: call.info, error: last, duration: Date.now() - started });
        throw last;
    } finally {
        pass?.settle();
        // A stream goes on after this call has returned; it takes its limits back when it ends.
        if (!streaming) {
            control.release();
            call.source?.discard?.();
        }
    }
}

async function attemptOnce<T>(
    client: PipelineClient,
    call: PreparedCall,
    control: CallControl,
    pass: GatePass,
    attempt: number,
): Promise<NangoResponse<T>> {
    const { hooks } = client;
    hooks?.emit('onRequest', { call: call.info, attempt });
    const sentAt = hooks ? Date.now() : 0;
    control.startAttempt(call.timeout);
    try {
        const first = await sendTo(call.path, client, call, control);
        const response = isRedirect(first) ? await followRedirects(first, client, call, control) : first;
        pass.answered(response.status, response.headers);
        hooks?.emit('onResponse', {
            call: call.info,
            attempt,
            status: response.status,
            duration: Date.now() - sentAt,
            requestId: shownRequestId(call, response.headers['x-request-id']),
            limit: numberIn(response.headers['x-ratelimit-limit']),
            remaining: numberIn(response.headers['x-ratelimit-remaining']),
        });
        // A hook may have aborted the call, of which all may be here already.
        control.throwIfCancelled();
        return await readAnswer<T>(call, control, response);
    } finally {
        control.endAttempt();
    }
}

function numberIn(header: unknown): number | undefined {
    return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
