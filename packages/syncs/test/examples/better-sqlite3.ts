import type { TransactionalConsumer } from '@x/node';
import { sqlCursors } from '@x/syncs/sql';
import Database from 'better-sqlite3';
import type { Issue } from './app.js';

export const db = new Database(process.env.SQLITE_FILE ?? 'app.db', { timeout: 5_000 });
db.pragma('journal_mode = WAL');

let last: Promise<unknown> = Promise.resolve();
/**
 * One after the other. There is one connection: what is written while a transaction is open belongs to it. So all that this process writes
 * to `db` while records are read goes through here.
 */
export function exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
}

function run(sql: string, params: readonly (string | number)[]): unknown[] {
    const statement = db.prepare(sql);
    if (statement.reader) return statement.all(...params);
    statement.run(...params);
    return [];
}

export const cursors = sqlCursors<Database.Database>({
    dialect: 'sqlite',
    execute: (sql, params, tx) => (tx ? run(sql, params) : exclusively(() => run(sql, params))),
});

/** `db.transaction` can't await, so begin and commit by hand. IMMEDIATE: another process writes before or after it, never in between. */
function transaction(work: (tx: Database.Database) => Promise<void>): Promise<void> {
    return exclusively(async () => {
        db.exec('BEGIN IMMEDIATE');
        try {
            await work(db);
            db.exec('COMMIT');
        } catch (error) {
            if (db.inTransaction) db.exec('ROLLBACK');
            throw error;
        }
    });
}

export const issues: TransactionalConsumer<Issue, Database.Database> = {
    ...cursors, // load, save, lock
    transaction,
    // Await nothing slow here: nobody else can write until it has ended.
    handle({ key: { connectionId }, added, updated, deleted }, tx) {
        const write = tx.prepare(
            'INSERT INTO issues (connection_id, id, title) VALUES (?, ?, ?) ON CONFLICT (connection_id, id) DO UPDATE SET title = excluded.title',
        );
        for (const { id, title } of [...added, ...updated]) write.run(connectionId, id, title);
        const remove = tx.prepare('DELETE FROM issues WHERE connection_id = ? AND id = ?');
        for (const { id } of deleted) remove.run(connectionId, id);
    },
};
