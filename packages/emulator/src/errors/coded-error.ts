import { ContractError } from './contract-error.js';

/** `{ error: { code, message? } }`, the envelope of most handlers (contract 1.3). */
export class CodedError extends ContractError {
    override name = 'CodedError';

    constructor(
        status: number,
        readonly code: string,
        message?: string,
        extra: Record<string, unknown> = {},
    ) {
        super(status, { error: { code, ...(message === undefined ? {} : { message }), ...extra } });
    }
}

/** 404 `not_found`. */
export class NotFoundError extends CodedError {
    override name = 'NotFoundError';

    constructor(message?: string) {
        super(404, 'not_found', message);
    }
}

/** 400 `invalid_body` with a message only: the body is well-formed, its meaning is refused. */
export class InvalidBodyError extends CodedError {
    override name = 'InvalidBodyError';

    constructor(message: string) {
        super(400, 'invalid_body', message);
    }
}

/** 403 `forbidden`. */
export class ForbiddenError extends CodedError {
    override name = 'ForbiddenError';

    constructor(message: string) {
        super(403, 'forbidden', message);
    }
}

/** 500 `server_error`: a failure that the server handles. */
export class ServerError extends CodedError {
    override name = 'ServerError';

    constructor(message?: string) {
        super(500, 'server_error', message);
    }
}
