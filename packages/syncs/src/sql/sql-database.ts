import { argumentError } from '@x/core/internal';

/** Rows of an answer: a list, or an object that holds it as `rows` (pg, PGlite, Drizzle). */
export type SqlRows = readonly unknown[] | { readonly rows: readonly unknown[] };

/**
 * Your database, as far as cursors need it.
 *
 * @typeParam Tx what your database hands to a transaction's function
 */
// biome-ignore lint/suspicious/noExplicitAny: a transaction is whatever the user's database calls one
export interface SqlDatabase<Tx = any> {
    /** PostgreSQL 9.5 or newer (PGlite too), or SQLite 3.35 or newer. */
    readonly dialect: 'postgresql' | 'sqlite';
    /**
     * Runs one statement and gives its rows.
     *
     * @param sql with placeholders `$1`, `$2` … for PostgreSQL, and `?` for SQLite
     * @param params one for each placeholder
     * @param tx run it in this transaction; on any connection when absent
     */
    execute(sql: string, params: readonly (string | number)[], tx?: Tx): Promise<SqlRows> | SqlRows;
}

/** Runs a statement that is written with `?`, and gives the rows. */
export async function query<Tx>(
    { dialect, execute }: SqlDatabase<Tx>,
    sql: string,
    params: readonly (string | number)[],
    tx?: Tx,
): Promise<readonly Record<string, unknown>[]> {
    let count = 0;
    const text = dialect === 'postgresql' ? sql.replace(/\?/g, () => `$${++count}`) : sql;
    const answer = await execute(text, params, tx);
    const rows = Array.isArray(answer) ? answer : (answer as { rows?: unknown } | undefined)?.rows;
    if (Array.isArray(rows)) return rows;
    throw argumentError('sqlCursors', 'execute', 'must resolve to rows: an array, or an object with an array as `rows`');
}

/** ms since 1970 by the database's clock: the processes that share it may have others. */
export const now = {
    postgresql: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
    sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
} as const;
