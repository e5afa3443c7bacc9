import { NangoCursorConflictError, type RecordsKey } from '@x/core';

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
