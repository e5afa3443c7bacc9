import type { z } from 'zod';
import { ContractError } from './contract-error.js';

/** The part of a request that was refused; it names the error code `invalid_<group>`. */
export type ValidationGroup = 'query_params' | 'body' | 'uri_params' | 'headers';

/** One entry of `errors[]`. Path segments are always strings (contract 1.3). */
export interface ValidationIssue {
    code: string;
    message: string;
    path: string[];
}

/** 400 `{ error: { code: 'invalid_…', errors: […] } }`, with every issue of the first group that failed and no message. */
export class ValidationError extends ContractError {
    override name = 'ValidationError';

    constructor(
        readonly group: ValidationGroup,
        readonly issues: ValidationIssue[],
    ) {
        super(400, { error: { code: `invalid_${group}`, errors: issues } });
    }

    /** From what a schema reported. */
    static from(group: ValidationGroup, error: z.ZodError): ValidationError {
        return new ValidationError(
            group,
            error.issues.map((issue) => ({ code: issue.code, message: issue.message, path: issue.path.map(String) })),
        );
    }
}
