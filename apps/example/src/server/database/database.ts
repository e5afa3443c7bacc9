import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.js';

/** The tables, of whichever PostgreSQL. A transaction is one too. */
export type Tables = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A PostgreSQL: the embedded one or a server. */
export interface Database {
    readonly tables: Tables;
    /** Several statements at once, when there are no values. What the queue speaks. */
    query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
    /** Calls back for each NOTIFY of the channel; `onGap` after some may have been missed. */
    listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<void>;
    /** Does what must not be done by two processes at once: of those that start together, one after the other. */
    alone(work: () => Promise<void>): Promise<void>;
    close(): Promise<void>;
}

/** Rows of a statement that is written with `$1`, `$2` …: for those who bring their own SQL, in a transaction of ours. */
export async function rowsOf(tables: Tables, text: string, values: readonly unknown[]): Promise<unknown[]> {
    // Drizzle numbers parameters as they come; one that comes again has its number.
    const numbers = new Map<string, number>();
    const parts = text.split(/\$(\d+)/).map((part, i) => {
        if (i % 2 === 0) return sql.raw(part);
        const known = numbers.get(part);
        if (known !== undefined) return sql.raw(`$${known}`);
        numbers.set(part, numbers.size + 1);
        return sql`${sql.param(values[Number(part) - 1])}`;
    });
    return ((await tables.execute(sql.join(parts))) as unknown as { rows: unknown[] }).rows;
}
