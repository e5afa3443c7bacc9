import { NangoInputError } from '@x/core';
import { expect, test } from 'vitest';
import { apiKey, serve } from '../../core/test/support/loopback.js';
import { NangoBatchError, NangoCursorConflictError, Records, type TransactionalConsumer } from '../src/index.js';
import { many, recordsFrom, type Stored } from './record-server.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };

async function start(list: readonly Stored[]) {
    const { url } = await serve((request, response) => recordsFrom(list)(request, response));
    return new Records({ apiKey, host: url });
}

interface Table {
    cursor: string | undefined;
    rows: string[];
}

/** A database of one table: a transaction works on a copy that replaces the table when it commits. */
class Database {
    committed: Table = { cursor: undefined, rows: [] };
    readonly consumer: TransactionalConsumer<{ id: string }, Table> = {
        batchSize: 10,
        load: () => this.committed.cursor,
        transaction: async (work) => {
            const copy = structuredClone(this.committed);
            await work(copy);
            this.committed = copy;
        },
        handle: ({ records }, tx) => void tx.rows.push(...records.map(({ id }) => id)),
        save: (cursor, _key, tx, { from }) => {
            // What is committed by now, as a database that locks the row sees it.
            if (this.committed.cursor !== from) return false;
            tx.cursor = cursor;
            return true;
        },
    };
}

test('rows and cursor are written together, each batch once', async () => {
    const nango = await start(many(25));
    const database = new Database();
    const result = await nango.consumeRecords(key, database.consumer);
    expect(database.committed.rows).toEqual(many(25).map((_, index) => String(index)));
    expect([result.batches, result.records, result.cursor, database.committed.cursor]).toEqual([3, 25, 'c25', 'c25']);
    expect(await nango.consumeRecords(key, database.consumer)).toMatchObject({ batches: 0, cursor: 'c25' });
});

test.each(['handle', 'save'] as const)('a `%s` that fails leaves neither rows nor cursor', async (stage) => {
    const nango = await start(many(25));
    const database = new Database();
    const cause = new Error('disk full');
    let calls = 0;
    const original = database.consumer[stage] as (...args: unknown[]) => unknown;
    const failing = {
        ...database.consumer,
        [stage]: (...args: unknown[]) => (++calls === 2 ? Promise.reject(cause) : original(...args)),
    };
    const error = await nango.consumeRecords(key, failing).catch((error) => error);
    expect(error).toBeInstanceOf(NangoBatchError);
    expect(error).toMatchObject({ stage, resumeFrom: 'c10', cursor: 'c20', cause });
    expect(database.committed).toEqual({ cursor: 'c10', rows: many(10).map((_, index) => String(index)) });
});

test('a commit that fails says so', async () => {
    const nango = await start(many(5));
    const { consumer } = new Database();
    const cause = new Error('connection lost');
    const transaction = async (work: (tx: Table) => Promise<void>) => {
        await work({ cursor: undefined, rows: [] });
        throw cause;
    };
    const error = await nango.consumeRecords(key, { ...consumer, transaction }).catch((error) => error);
    expect(error).toMatchObject({ name: 'NangoBatchError', stage: 'transaction', resumeFrom: undefined, cause });
});

test('a run that finds that another has moved the cursor rolls back and ends', async () => {
    const nango = await start(many(30));
    const database = new Database();
    let batches = 0;
    const overtaken: typeof database.consumer = {
        ...database.consumer,
        handle: async (batch, tx) => {
            await database.consumer.handle(batch, tx);
            if (++batches === 2) database.committed = { cursor: 'c30', rows: ['by the other run'] };
        },
    };
    const error = await nango.consumeRecords(key, overtaken).catch((error) => error);
    expect(error).toBeInstanceOf(NangoCursorConflictError);
    expect(error).toMatchObject({ name: 'NangoCursorConflictError', key, from: 'c10' });
    expect(error.message).toContain('did not find cursor c10 any more');
    expect(database.committed).toEqual({ cursor: 'c30', rows: ['by the other run'] });
    expect(batches).toBe(2);
});

test.each([
    [
        'swallows what its function throws',
        async (work: (tx: Table) => Promise<void>) => void (await work({ cursor: undefined, rows: [] }).catch(() => {})),
    ],
    [
        'wraps what its function throws',
        (work: (tx: Table) => Promise<void>) =>
            work({ cursor: undefined, rows: [] }).catch((cause) => Promise.reject(new Error('rolled back', { cause }))),
    ],
])('a conflict is heard where `transaction` %s', async (_title, transaction) => {
    const nango = await start(many(5));
    const { consumer } = new Database();
    const conflict = nango.consumeRecords(key, { ...consumer, transaction, save: () => 0 });
    await expect(conflict).rejects.toBeInstanceOf(NangoCursorConflictError);
});

test('a transaction that is run again after a rollback counts once', async () => {
    const nango = await start(many(5));
    const database = new Database();
    let tries = 0;
    const transaction = async (work: (tx: Table) => Promise<void>) => {
        for (;;) {
            try {
                return await database.consumer.transaction(async (tx) => {
                    await work(tx);
                    if (++tries === 1) throw new Error('could not serialize access');
                });
            } catch {}
        }
    };
    expect(await nango.consumeRecords(key, { ...database.consumer, transaction })).toMatchObject({ batches: 1, records: 5 });
    expect([tries, database.committed.rows.length]).toEqual([2, 5]);
});

test.each([
    ['does not call its function', async () => {}, 'without calling the function'],
    [
        'does not wait for its function',
        async (work: (tx: Table) => Promise<void>) => void work({ cursor: undefined, rows: [] }),
        'before the function',
    ],
    ['is none', 'begin', 'must be a function'],
])('a `transaction` that %s is refused', async (_title, transaction, message) => {
    const nango = await start(many(5));
    const { consumer } = new Database();
    const handle = () => Promise.resolve();
    const error = await nango.consumeRecords(key, { ...consumer, handle, transaction } as never).catch((error) => error);
    expect(error).toBeInstanceOf(NangoInputError);
    expect(error.message).toContain(message);
});

test.each([undefined, null, 'c5', {}])('a `save` that resolves to %j is refused, and rolled back', async (answer) => {
    const nango = await start(many(5));
    const database = new Database();
    const error = await nango.consumeRecords(key, { ...database.consumer, save: () => answer as never }).catch((error) => error);
    expect(error).toBeInstanceOf(NangoInputError);
    expect(error.message).toContain('`save` must resolve to whether it wrote');
    expect(database.committed.rows).toEqual([]);
});
