import { NangoInputError } from '@x/core';
import { argumentError } from '@x/core/internal';
import { batchError, type NangoBatchError, type RecordBatch } from './batch.js';
import type { RecordsConsumer, TransactionalConsumer } from './consumer.js';
import { conflictError, NangoCursorConflictError } from './cursor-conflict-error.js';
import type { Abandonment } from './end-on-abort.js';
import type { RecordPayload } from './record.js';

/** Handles a batch and saves its cursor: together in a transaction, or one after the other. */
export async function writeBatch<T extends RecordPayload>(
    consumer: RecordsConsumer<T> | TransactionalConsumer<T>,
    batch: RecordBatch<T>,
    from: string | undefined,
    operation: string,
    abandonment: Abandonment,
): Promise<void> {
    if (consumer.transaction !== undefined) return writeTogether(consumer, batch, from, operation, abandonment);
    let stage: NangoBatchError['stage'] = 'handle';
    try {
        await consumer.handle(batch);
        stage = 'save';
        // Another run may have gone further meanwhile.
        abandonment.throwIfAbandoned();
        await consumer.save(batch.cursor, batch.key);
    } catch (error) {
        throw batchError(operation, stage, batch, from, error);
    }
}

async function writeTogether<T extends RecordPayload>(
    consumer: TransactionalConsumer<T>,
    batch: RecordBatch<T>,
    from: string | undefined,
    operation: string,
    abandonment: Abandonment,
): Promise<void> {
    // An object, since the function that is given away changes it.
    const attempt: { stage: NangoBatchError['stage']; state: 'not begun' | 'running' | 'written' | 'failed'; failure?: unknown } =
        {
            stage: 'transaction',
            state: 'not begun',
        };
    const work = async (tx: unknown) => {
        attempt.state = 'running';
        try {
            attempt.stage = 'handle';
            await consumer.handle(batch, tx);
            abandonment.throwIfAbandoned();
            attempt.stage = 'save';
            const written = await consumer.save(batch.cursor, batch.key, tx, { from });
            if (!hasWritten(written, operation)) throw conflict(operation, batch, from);
            attempt.stage = 'transaction';
            attempt.state = 'written';
        } catch (failure) {
            Object.assign(attempt, { state: 'failed', failure });
            throw failure;
        }
    };
    try {
        await consumer.transaction(work);
    } catch (error) {
        // Databases wrap what made them roll back.
        throw explain(attempt.state === 'failed' ? attempt.failure : error);
    }
    if (attempt.state === 'written') return;
    if (attempt.state === 'failed') throw explain(attempt.failure);
    const when =
        attempt.state === 'running'
            ? 'before the function that it was given had'
            : 'without calling the function that it was given';
    throw argumentError(
        operation,
        'transaction',
        `resolved ${when}; it must await that function and then commit ` +
            '(better-sqlite3: no `db.transaction`, but BEGIN IMMEDIATE, COMMIT and ROLLBACK)',
    );

    function explain(error: unknown): unknown {
        const isOurs = error instanceof NangoCursorConflictError || error instanceof NangoInputError;
        return isOurs ? error : batchError(operation, attempt.stage, batch, from, error);
    }
}

function conflict(operation: string, { key }: Pick<RecordBatch, 'key'>, from: string | undefined): NangoCursorConflictError {
    const expected = from === undefined ? 'no cursor' : `cursor ${from}`;
    return conflictError(operation, key, from, `\`save\` did not find ${expected} any more`);
}

function hasWritten(written: unknown, operation: string): boolean {
    if (typeof written === 'boolean') return written;
    if (typeof written === 'number' || typeof written === 'bigint') return written > 0;
    throw argumentError(
        operation,
        'save',
        'must resolve to whether it wrote (true or false), or to the number of rows that it wrote: it saves only if the stored ' +
            'cursor is still `from`, which distinguishes two runs of one key',
    );
}
