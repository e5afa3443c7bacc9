import { NangoError } from '@x/core';
import { noKey } from './batch.js';
import type { RecordsKey } from './record.js';

/**
 * Another run of the key has been here: the stored cursor is no longer the one that this run began its batch with, or the key's lock has
 * passed to another process. The batch was rolled back; what the other run wrote stands. Nothing is lost: run again to go on from there.
 */
export class NangoCursorConflictError extends NangoError {
    protected static override readonly kind: string = 'NangoCursorConflictError';
    readonly key: RecordsKey;
    /** The cursor that this run expected to find; `undefined` for none. */
    readonly from: string | undefined;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(message: string, details: { key?: RecordsKey | undefined; from?: string | undefined } = {}) {
        super(message);
        this.key = details.key ?? noKey;
        this.from = details.from;
    }
}

/** The error of a run that another one has overtaken. */
export function conflictError(
    operation: string,
    key: RecordsKey,
    from: string | undefined,
    found: string,
): NangoCursorConflictError {
    return new NangoCursorConflictError(
        `${operation}: ${found}; another run of ${key.model} goes on from there, and this one ends without writing its batch`,
        { key, from },
    );
}
