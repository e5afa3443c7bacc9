import type { RecordsKey } from '../wire/records-key.js';
import { type ApiErrorDetails, NangoApiError } from './api-error.js';
import { NangoError } from './nango-error.js';

/** The key of an error that a test made without one. */
const noKey: RecordsKey = { providerConfigKey: '', connectionId: '', model: '' };

/**
 * A batch could not be handled, or its cursor not be saved. Nothing after it was handed over; the next run begins with the same records.
 * Its `cause` is what `handle`, `save` or `transaction` threw.
 */
export class NangoBatchError extends NangoError {
    protected static override readonly kind: string = 'NangoBatchError';
    readonly key: RecordsKey;
    /**
     * What threw. After `save` without a transaction, the batch has been handled and will come again; `transaction`: begin or commit failed,
     * and whether it was committed is known to `load` alone.
     */
    readonly stage: 'handle' | 'save' | 'transaction';
    /** Where the batch begins: the cursor saved last; `undefined` for the beginning. */
    readonly resumeFrom: string | undefined;
    /** Where the batch ends. Save this one to leave the batch out for good. */
    readonly cursor: string;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(
        message: string,
        details: {
            key?: RecordsKey | undefined;
            stage?: NangoBatchError['stage'] | undefined;
            resumeFrom?: string | undefined;
            cursor?: string | undefined;
            cause?: unknown;
        } = {},
    ) {
        super(message, 'cause' in details ? { cause: details.cause } : undefined);
        this.key = details.key ?? noKey;
        this.stage = details.stage ?? 'handle';
        this.resumeFrom = details.resumeFrom;
        this.cursor = details.cursor ?? '';
    }
}

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

/**
 * The server can't use a cursor: it is not one of its own, it was cut, or the server's format has changed since it was saved. Begin
 * again without one; records that you have already seen then come again.
 *
 * `status`, `code` and `response` are those of the server's answer: 500 and `server_error`.
 */
export class NangoCursorError extends NangoApiError {
    protected static override readonly kind: string = 'NangoCursorError';
    /** The cursor as it was given. */
    readonly cursor: string;

    /** @param details all may be left out, so that a test can make one with little */
    constructor(message: string, details: ApiErrorDetails & { cursor?: string | undefined } = {}) {
        super(message, details);
        this.cursor = details.cursor ?? '';
    }
}
