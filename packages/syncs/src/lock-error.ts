import { NangoError } from '@x/core';
import type { RecordsKey } from './record.js';

/** Another process kept the key's lock for longer than `lock.wait`. Nothing was read; run again later. */
export class NangoLockError extends NangoError {
    protected static override readonly kind: string = 'NangoLockError';
    readonly key: RecordsKey;
    /** How long this run waited, in ms: `lock.wait`. */
    readonly waited: number;

    constructor(operation: string, key: RecordsKey, waited: number) {
        super(
            `${operation}: another process has held the lock of ${key.model} of ${key.connectionId} for the ${waited} ms that \`lock.wait\` ` +
                'allows; run it again later, or let it wait longer',
        );
        this.key = key;
        this.waited = waited;
    }
}
