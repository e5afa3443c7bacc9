import type { TransactionalConsumer } from '@x/node';
import { sqlCursors } from '@x/syncs/sql';
import { Pool, type PoolClient } from 'pg';
import type { Issue } from './app.js';

export const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    // A process that stands still within a transaction keeps its rows locked. The server ends such a session after 10 s.
    idle_in_transaction_session_timeout: 10_000,
});
// Without these, a session that the server ends would end the process: one that idles, one that a transaction has.
pool.on('error', (error) => console.warn(`An idle connection has ended: ${error.message}`));
pool.on('connect', (client) => client.on('error', () => {}));

/** Keeps cursors and locks in the table `nango_cursors`: `await cursors.createTable()` makes it. */
export const cursors = sqlCursors<PoolClient>({
    dialect: 'postgresql',
    execute: (sql, params, tx) => (tx ?? pool).query(sql, [...params]),
});

export async function transaction(work: (tx: PoolClient) => Promise<void>): Promise<void> {
    const tx = await pool.connect();
    let broken: Error | undefined;
    try {
        await tx.query('BEGIN');
        await work(tx);
        await tx.query('COMMIT');
    } catch (error) {
        await tx.query('ROLLBACK').catch((reason) => {
            broken = reason;
        });
        throw error;
    } finally {
        tx.release(broken); // with an error the pool drops the connection
    }
}

/** Writes the rows of each batch and its cursor together, in one process at a time. */
export const issues: TransactionalConsumer<Issue, PoolClient> = {
    ...cursors, // load, save, lock
    transaction,
    async handle({ key: { connectionId }, added, updated, deleted }, tx) {
        for (const { id, title } of [...added, ...updated]) {
            await tx.query(
                'INSERT INTO issues (connection_id, id, title) VALUES ($1, $2, $3) ON CONFLICT (connection_id, id) DO UPDATE SET title = $3',
                [connectionId, id, title],
            );
        }
        for (const { id } of deleted) {
            await tx.query('DELETE FROM issues WHERE connection_id = $1 AND id = $2', [connectionId, id]);
        }
    },
};
