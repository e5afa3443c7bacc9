import { NangoError } from '@x/core';
import { noKey } from './batch.js';
import type { RecordsKey } from './record.js';

/** Another process, or another run in this one, kept the key's lock for longer than `lock.wait`. Nothing was read; run again later. */
export class NangoLockError extends NangoError {
    protected static override readonly kind: string = 'NangoLockError';
    readonly key: RecordsKey;
    /** How long this run waited, in ms: `lock.wait`. */
    readonly waited: number;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(message: string, details: { key?: RecordsKey | undefined; waited?: number | undefined } = {}) {
        super(message);
        this.key = details.key ?? noKey;
        this.waited = details.waited ?? 0;
    }
}

/** The error of a run that has waited for its key for too long. */
export function lockError(operation: string, key: RecordsKey, waited: number): NangoLockError {
    return new NangoLockError(
        `${operation}: another run has held the lock of ${key.model} of ${key.connectionId} for the ${waited} ms that \`lock.wait\` ` +
            'allows; run it again later, or let it wait longer',
        { key, waited },
    );
}
