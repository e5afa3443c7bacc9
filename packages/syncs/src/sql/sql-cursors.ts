import { argumentError } from '@x/core/internal';
import type { RecordsLock } from '../consumer.js';
import type { RecordsKey } from '../record.js';
import { now, query, type SqlDatabase } from './sql-database.js';

/** Settings of {@link sqlCursors}. */
export interface SqlCursorsOptions {
    /** Name of the table, with its schema if you like. Letters, digits and `_`. @default 'nango_cursors' */
    readonly table?: string | undefined;
    /** After how many ms the key of a process that died is free again. @default 30_000 */
    readonly lease?: number | undefined;
    /** How many ms a run waits for a key that another process reads. @default 120_000 */
    readonly wait?: number | undefined;
}

/** Keeps the cursors of `consumeRecords` in a table of your database. Spread it into a consumer. */
// biome-ignore lint/suspicious/noExplicitAny: a transaction is whatever the user's database calls one
export interface SqlCursors<Tx = any> {
    /** Makes the table unless it is there. */
    createTable(): Promise<void>;
    /** The cursor saved for a key. */
    load(key: RecordsKey, tx?: Tx): Promise<string | undefined>;
    /**
     * Saves a cursor: with `from`, only if the stored one is still that (`undefined`: if none is stored); without options, always.
     *
     * @returns whether it wrote
     */
    save(cursor: string, key: RecordsKey, tx?: Tx, options?: { readonly from: string | undefined }): Promise<boolean>;
    /** Forgets the cursor of a key, so that the next run begins at the beginning. */
    forget(key: RecordsKey, tx?: Tx): Promise<void>;
    /** Lets one process at a time read a key, by a row with a lease. */
    readonly lock: RecordsLock;
}

const keyColumns = 'provider_config_key, connection_id, model, variant';
const whereKey = 'provider_config_key = ? AND connection_id = ? AND model = ? AND variant = ?';

/**
 * Cursors and locks in a table of your PostgreSQL or SQLite database, through your own driver.
 *
 * @throws {NangoInputError} for an unknown dialect, a table name with other characters, or an `execute` that is no function
 * @example
 * ```ts
 * import { sqlCursors } from '@x/syncs/sql';
 *
 * // `pool` is one of the package pg.
 * async function openCursors(pool: { query(sql: string, params: unknown[]): Promise<{ rows: unknown[] }> }) {
 *     const cursors = sqlCursors({ dialect: 'postgresql', execute: (sql, params) => pool.query(sql, [...params]) });
 *     await cursors.createTable();
 *     return cursors;
 * }
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
export function sqlCursors<Tx = any>(database: SqlDatabase<Tx>, options: SqlCursorsOptions = {}): SqlCursors<Tx> {
    const { table = 'nango_cursors', lease, wait } = options;
    check(database, table);
    const time = now[database.dialect];
    const run = (sql: string, params: readonly (string | number)[], tx?: Tx) => query(database, sql, params, tx);
    const insert = `INSERT INTO ${table} AS stored (${keyColumns}`;

    return {
        async createTable() {
            const columns = ['provider_config_key', 'connection_id', 'model', 'variant'].map((name) => `${name} TEXT NOT NULL`);
            const sql = `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}, cursor TEXT, locked_by TEXT, locked_until BIGINT, PRIMARY KEY (${keyColumns}))`;
            // Two processes that make it at the same time: PostgreSQL refuses the second, and the next try finds the table.
            await run(sql, []).catch(() => run(sql, []));
        },
        async load(key, tx) {
            const [row] = await run(`SELECT cursor FROM ${table} WHERE ${whereKey}`, keyValues(key), tx);
            return (row?.cursor as string | null | undefined) ?? undefined;
        },
        async save(cursor, key, tx, expected) {
            if (expected?.from !== undefined) {
                const update = `UPDATE ${table} SET cursor = ? WHERE ${whereKey} AND cursor = ? RETURNING 1 AS written`;
                return (await run(update, [cursor, ...keyValues(key), expected.from], tx)).length > 0;
            }
            const onlyIfNone = expected === undefined ? '' : ' WHERE stored.cursor IS NULL';
            const upsert = `${insert}, cursor) VALUES (?, ?, ?, ?, ?) ON CONFLICT (${keyColumns}) DO UPDATE SET cursor = excluded.cursor${onlyIfNone} RETURNING 1 AS written`;
            return (await run(upsert, [...keyValues(key), cursor], tx)).length > 0;
        },
        async forget(key, tx) {
            await run(`UPDATE ${table} SET cursor = NULL WHERE ${whereKey} RETURNING 1 AS written`, keyValues(key), tx);
        },
        lock: {
            lease,
            wait,
            async acquire(key, owner, lease) {
                const isFree = `stored.locked_by IS NULL OR stored.locked_by = excluded.locked_by OR stored.locked_until < ${time}`;
                const sql = `${insert}, locked_by, locked_until) VALUES (?, ?, ?, ?, ?, ${time} + ?) ON CONFLICT (${keyColumns}) DO UPDATE SET locked_by = excluded.locked_by, locked_until = excluded.locked_until WHERE ${isFree} RETURNING 1 AS held`;
                return (await run(sql, [...keyValues(key), owner, lease])).length > 0;
            },
            async release(key, owner) {
                const sql = `UPDATE ${table} SET locked_by = NULL, locked_until = NULL WHERE ${whereKey} AND locked_by = ? RETURNING 1 AS released`;
                await run(sql, [...keyValues(key), owner]);
            },
        },
    };
}

function keyValues({ providerConfigKey, connectionId, model, variant = 'base' }: RecordsKey): string[] {
    return [providerConfigKey, connectionId, model, variant];
}

function check({ dialect, execute }: Partial<SqlDatabase>, table: string): void {
    const refuse = (parameter: string, fix: string) => {
        throw argumentError('sqlCursors', parameter, `must be ${fix}`);
    };
    if (dialect !== 'postgresql' && dialect !== 'sqlite') refuse('dialect', "'postgresql' or 'sqlite'");
    if (typeof execute !== 'function') refuse('execute', 'a function (sql, params, tx) that resolves to the rows');
    if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/.test(table))
        refuse('table', 'a name of letters, digits and `_`, with its schema before a dot if you like');
}
