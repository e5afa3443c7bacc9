import { NangoBatchError, type RecordsKey } from '@x/node';
import { cursors, pool } from './postgres.js';

/** For your migrations. One row for each key that can't be read: the person on call looks here. */
export const failedBatches = `CREATE TABLE failed_batches (
    name TEXT PRIMARY KEY, key JSONB NOT NULL, reason TEXT NOT NULL, resume_from TEXT, cursor TEXT, given_up_at TIMESTAMPTZ
)`;

export function nameOf({ providerConfigKey, connectionId, model, variant = 'base' }: RecordsKey): string {
    return JSON.stringify([providerConfigKey, connectionId, model, variant]);
}

/** Writes down why a key could not be read, and where: what could not be written lies between `resume_from` and `cursor`. */
export async function noteFailure(key: RecordsKey, error: unknown): Promise<void> {
    const { resumeFrom = await cursors.load(key), cursor } = error instanceof NangoBatchError ? error : {};
    await pool.query(
        `INSERT INTO failed_batches (name, key, reason, resume_from, cursor) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (name) DO UPDATE SET reason = $3, resume_from = $4, cursor = $5`,
        [nameOf(key), key, String(error), resumeFrom, cursor],
    );
}

/** A job of the key is dead: all its attempts have failed. Those of a process that was killed have left no note. */
export async function noteDeath(key: RecordsKey): Promise<void> {
    await pool.query(
        `INSERT INTO failed_batches (name, key, reason, resume_from, given_up_at) VALUES ($1, $2, 'the process died, or took too long', $3, now())
         ON CONFLICT (name) DO UPDATE SET given_up_at = now()`,
        [nameOf(key), key, await cursors.load(key)],
    );
}

export async function noteSuccess(key: RecordsKey): Promise<void> {
    await pool.query('DELETE FROM failed_batches WHERE name = $1', [nameOf(key)]);
}

/** Leaves the batch that can't be written out for good. Enqueue the key to go on behind it. */
export async function skipBatch(key: RecordsKey): Promise<void> {
    const { rows } = await pool.query('SELECT resume_from, cursor FROM failed_batches WHERE name = $1', [nameOf(key)]);
    const { resume_from: from, cursor } = rows[0] ?? {};
    // Changes nothing if a run has got past it meanwhile.
    if (cursor) await cursors.save(cursor, key, undefined, { from: from ?? undefined });
}
