import { NangoLockError, type RecordsKey } from '@x/core';

/** The error of a run that has waited for its key for too long. */
export function lockError(operation: string, key: RecordsKey, waited: number): NangoLockError {
    return new NangoLockError(
        `${operation}: another run has held the lock of ${key.model} of ${key.connectionId} for the ${waited} ms that \`lock.wait\` ` +
            'allows; run it again later, or let it wait longer',
        { key, waited },
    );
}
