import { PGlite } from '@electric-sql/pglite';
import { NangoInputError } from '@x/core';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SqlCursors, sqlCursors } from './sql-cursors.js';
import type { SqlDatabase } from './sql-database.js';

const key = { providerConfigKey: 'github', connectionId: 'user-1', model: 'Issue' };
const other = { ...key, variant: 'archived' };

async function postgresql() {
    const db = await PGlite.create();
    const execute = (sql: string, params: readonly unknown[]) => db.query(sql, [...params]);
    return { database: { dialect: 'postgresql', execute } as SqlDatabase, close: () => db.close() };
}

async function sqlite() {
    const { Database } = await initSqlJs();
    const db = new Database();
    const execute = (sql: string, params: readonly (string | number)[]) => {
        const statement = db.prepare(sql, [...params]);
        const rows: object[] = [];
        while (statement.step()) rows.push(statement.getAsObject());
        statement.free();
        return rows;
    };
    return { database: { dialect: 'sqlite', execute } as SqlDatabase, close: async () => db.close() };
}

describe.each([
    ['PostgreSQL (PGlite)', postgresql],
    ['SQLite', sqlite],
])('cursors in %s', (_name, open) => {
    let opened: Awaited<ReturnType<typeof open>>;
    let cursors: SqlCursors;
    beforeAll(async () => {
        opened = await open();
        cursors = sqlCursors(opened.database);
        await cursors.createTable();
    });
    afterAll(() => opened.close());
    beforeEach(async () => void (await opened.database.execute('DELETE FROM nango_cursors', [])));

    test('a cursor belongs to one key', async () => {
        expect(await cursors.load(key)).toBeUndefined();
        expect(await cursors.save('c1', key)).toBe(true);
        expect(await cursors.save('v1', other)).toBe(true);
        expect([await cursors.load(key), await cursors.load({ ...key, variant: 'base' }), await cursors.load(other)]).toEqual([
            'c1',
            'c1',
            'v1',
        ]);
        await cursors.forget(key);
        expect([await cursors.load(key), await cursors.load(other)]).toEqual([undefined, 'v1']);
    });

    test('the first cursor is saved once', async () => {
        expect(await cursors.save('c1', key, undefined, { from: undefined })).toBe(true);
        expect(await cursors.save('c9', key, undefined, { from: undefined })).toBe(false);
        expect(await cursors.load(key)).toBe('c1');
    });

    test('a cursor is saved only over the one that it follows', async () => {
        await cursors.save('c1', key);
        expect(await cursors.save('c2', key, undefined, { from: 'c1' })).toBe(true);
        expect(await cursors.save('c2', key, undefined, { from: 'c1' })).toBe(false);
        expect(await cursors.save('c3', other, undefined, { from: 'c1' })).toBe(false);
        expect(await cursors.load(key)).toBe('c2');
    });

    test('a key that was locked before it was read has no cursor yet', async () => {
        expect(await cursors.lock.acquire(key, 'a', 60_000)).toBe(true);
        expect(await cursors.load(key)).toBeUndefined();
        expect(await cursors.save('c1', key, undefined, { from: undefined })).toBe(true);
    });

    test('a lock has one owner, who may renew it and gives it back', async () => {
        expect(await cursors.lock.acquire(key, 'a', 60_000)).toBe(true);
        expect(await cursors.lock.acquire(key, 'b', 60_000)).toBe(false);
        expect(await cursors.lock.acquire(other, 'b', 60_000)).toBe(true);
        expect(await cursors.lock.acquire(key, 'a', 60_000)).toBe(true);
        await cursors.lock.release(key, 'b');
        expect(await cursors.lock.acquire(key, 'b', 60_000)).toBe(false);
        await cursors.lock.release(key, 'a');
        expect(await cursors.lock.acquire(key, 'b', 60_000)).toBe(true);
    });

    test('the lock of a process that died is free once its lease has ended', async () => {
        expect(await cursors.lock.acquire(key, 'dead', -1)).toBe(true);
        expect(await cursors.lock.acquire(key, 'b', 60_000)).toBe(true);
        expect(await cursors.lock.acquire(key, 'dead', 60_000)).toBe(false);
    });

    test('the table is made once, under the name that it is given', async () => {
        await cursors.createTable();
        const own = sqlCursors(opened.database, { table: 'own_cursors' });
        await own.createTable();
        await own.save('o1', key);
        expect([await own.load(key), await cursors.load(key)]).toEqual(['o1', undefined]);
    });
});

test.each([
    [{ dialect: 'mysql', execute: () => [] }, {}, 'dialect'],
    [{ dialect: 'sqlite' }, {}, 'execute'],
    [{ dialect: 'sqlite', execute: () => [] }, { table: 'a; DROP TABLE b' }, 'table'],
])('refuses what it can not work with: %j %j', (database, options, parameter) => {
    expect(() => sqlCursors(database as never, options)).toThrow(NangoInputError);
    expect(() => sqlCursors(database as never, options)).toThrow(`\`${parameter}\` must be`);
});

test('says so when a driver gives no rows', async () => {
    const cursors = sqlCursors({ dialect: 'sqlite', execute: () => ({ changes: 1 }) as never });
    await expect(cursors.load(key)).rejects.toThrow('`execute` must resolve to rows');
});
