import { ContractError } from './contract-error.js';

/**
 * `{ error: { message, code, payload } }`, the envelope of authentication failures, sync commands and failed actions. `payload` is
 * `{}` when there is none (contract 1.3).
 */
export class LegacyError extends ContractError {
    override name = 'LegacyError';

    constructor(
        status: number,
        readonly code: string,
        message: string,
        payload: unknown = {},
        extra: Record<string, unknown> = {},
    ) {
        super(status, { error: { message, code, payload, ...extra } });
    }
}
