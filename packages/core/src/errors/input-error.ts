import { NangoError } from './nango-error.js';

/** An argument of a call is wrong. Nothing was sent. */
export class NangoInputError extends NangoError {
    protected static override readonly kind: string = 'NangoInputError';
    /** The client's method, e.g. `getConnection`. */
    readonly operation: string | undefined;
    /** The argument at fault. */
    readonly parameter: string | undefined;

    constructor(message: string, details: { operation?: string; parameter?: string; cause?: unknown } = {}) {
        super(message, 'cause' in details ? { cause: details.cause } : undefined);
        this.operation = details.operation;
        this.parameter = details.parameter;
    }
}

/** `operation: message`. */
export function inputError(operation: string, parameter: string, message: string): NangoInputError {
    return new NangoInputError(`${operation}: ${message}`, { operation, parameter });
}

/** `` operation: `parameter` what ``, e.g. of what must be true or false. */
export function argumentError(operation: string, parameter: string, what: string): NangoInputError {
    return inputError(operation, parameter, `\`${parameter}\` ${what}`);
}
