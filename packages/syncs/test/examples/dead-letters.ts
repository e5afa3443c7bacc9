import type { NangoBatchError, RecordsKey } from '@x/node';
import { cursors, pool } from './postgres.js';
import { boss, enqueue, nameOf } from './queue.js';

/** For your migrations. One row for each key that is stuck: the person on call looks here. */
export const deadLetters = `CREATE TABLE dead_letters (
    name TEXT PRIMARY KEY, key JSONB NOT NULL, reason TEXT NOT NULL, resume_from TEXT, cursor TEXT, died_at TIMESTAMPTZ DEFAULT now()
)`;

/** Writes down what could not be read after all retries, and where: the broken batch lies between `resume_from` and `cursor`. */
export async function startDeadLetters(): Promise<void> {
    await boss.work<RecordsKey>('dead-letters', { includeMetadata: true }, async ([letter]) => {
        if (!letter) return;
        // What the job threw, as JSON. The job of a process that died has thrown nothing.
        const { message = 'the process died, or took too long', resumeFrom, cursor } = letter.output as Partial<NangoBatchError>;
        await pool.query(
            `INSERT INTO dead_letters (name, key, reason, resume_from, cursor) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO UPDATE SET reason = $3, resume_from = $4, cursor = $5, died_at = now()`,
            [nameOf(letter.data), letter.data, message, resumeFrom ?? (await cursors.load(letter.data)), cursor],
        );
    });
}

/** Reads a key again, e.g. after what broke has been mended. With `skip` the broken batch is left out for good. */
export async function revive(key: RecordsKey, { skip = false } = {}): Promise<void> {
    const { rows } = await pool.query('DELETE FROM dead_letters WHERE name = $1 RETURNING resume_from, cursor', [nameOf(key)]);
    const { resume_from: from, cursor } = rows[0] ?? {};
    // Changes nothing if somebody has got past it meanwhile.
    if (skip && cursor) await cursors.save(cursor, key, undefined, { from: from ?? undefined });
    await enqueue(key);
}
