import type { TransactionalConsumer } from '@x/node';
import { sqlCursors } from '@x/syncs/sql';
import { and, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import type { Issue } from './app.js';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, idle_in_transaction_session_timeout: 10_000 });
// Without these, a session that the server ends would end the process: one that idles, one that a transaction has.
pool.on('error', (error) => console.warn(`An idle connection has ended: ${error.message}`));
pool.on('connect', (client) => client.on('error', () => {}));

const db = drizzle(pool);
type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];

const table = pgTable(
    'issues',
    { connectionId: text('connection_id').notNull(), id: text().notNull(), title: text().notNull() },
    ({ connectionId, id }) => [primaryKey({ columns: [connectionId, id] })],
);

/** Drizzle takes values within the text: each goes where its `$1`, `$2` … stands, and those stand in order. */
function bound(statement: string, params: readonly (string | number)[]) {
    const [first = '', ...rest] = statement.split(/\$\d+/);
    return sql.join([sql.raw(first), ...rest.map((part, i) => sql`${params[i]}${sql.raw(part)}`)]);
}

export const cursors = sqlCursors<Tx>({
    dialect: 'postgresql',
    execute: (statement, params, tx) => (tx ?? db).execute(bound(statement, params)),
});

export const issues: TransactionalConsumer<Issue, Tx> = {
    ...cursors, // load, save, lock
    transaction: (work) => db.transaction(work),
    async handle({ key: { connectionId }, added, updated, deleted }, tx) {
        for (const { id, title } of [...added, ...updated]) {
            await tx
                .insert(table)
                .values({ connectionId, id, title })
                .onConflictDoUpdate({ target: [table.connectionId, table.id], set: { title } });
        }
        for (const { id } of deleted) {
            await tx.delete(table).where(and(eq(table.connectionId, connectionId), eq(table.id, String(id))));
        }
    },
};
