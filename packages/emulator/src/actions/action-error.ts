import { ContractError } from '../errors/contract-error.js';
import { LegacyError } from '../errors/legacy-error.js';

/** What an action throws to fail with data of its own: 500 `action_script_runtime_error` with `payload`. */
export class ActionError extends Error {
    override name = 'ActionError';

    constructor(readonly payload: unknown = {}) {
        super('The action failed.');
    }
}

/** Statuses of the ways in which an action can fail (contract 13.1). */
export const actionFailureStatus = {
    script_http_error: 424,
    script_api_rate_limit_error: 424,
    invalid_action_input: 400,
    invalid_action_output: 400,
    script_output_too_large: 400,
    action_failure: 400,
    script_aborted: 410,
    action_script_failure: 500,
    action_script_runtime_error: 500,
    script_network_error: 500,
    script_internal_error: 500,
    script_invalid_error: 500,
    script_cancelled: 500,
    function_runtime_out_of_memory: 500,
    function_runtime_timed_out: 500,
    function_runtime_other: 500,
    execution_timeout: 500,
} as const;

/** A way in which an action can fail. */
export type ActionFailureCode = keyof typeof actionFailureStatus;

/** What an action throws to rehearse one particular failure of the platform. */
export class ActionFailure extends Error {
    override name = 'ActionFailure';

    constructor(
        readonly code: ActionFailureCode,
        readonly payload: unknown = {},
    ) {
        super(`The action failed: ${code}.`);
    }
}

/** The answer that an error thrown by an action becomes. */
export function toActionAnswer(error: unknown): ContractError {
    if (error instanceof ActionError) {
        return new LegacyError(500, 'action_script_runtime_error', 'The action threw an error.', error.payload);
    }
    if (error instanceof ActionFailure) {
        return new LegacyError(actionFailureStatus[error.code], error.code, error.message, error.payload);
    }
    const upstream = upstreamOf(error);
    if (upstream) {
        const payload = typeof upstream.body === 'object' && upstream.body !== null ? upstream.body : {};
        return new ContractError(424, { error: { payload, code: 'script_http_error', upstream } });
    }
    const name = error instanceof Error ? error.name : 'Error';
    const message = error instanceof Error ? error.message : String(error);
    return new LegacyError(500, 'script_internal_error', 'The action threw an error.', { name, message });
}

/** The answer that an HTTP client's error carries: axios and the Nango clients keep it as `response`. */
function upstreamOf(error: unknown): { status: number; headers: Record<string, string>; body: unknown } | undefined {
    const response = (error as { response?: { status?: unknown; headers?: unknown; data?: unknown } } | null)?.response;
    if (typeof response?.status !== 'number') return undefined;
    const headers = response.headers instanceof Headers ? Object.fromEntries(response.headers) : (response.headers ?? {});
    return {
        status: response.status,
        headers: Object.fromEntries(Object.entries(headers as object).map(([name, value]) => [name, String(value)])),
        body: response.data ?? null,
    };
}
