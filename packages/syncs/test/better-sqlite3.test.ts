import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { startEmulator } from '@x/emulator';
import { sqlCursors } from '@x/syncs/sql';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkRecipe, startRecords } from './support/recipe-checks.js';

const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };

/** The recipe of docs/data.md, on a file. With which binary, see vitest.config.ts. */
describe('better-sqlite3', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
    let emulator: Awaited<ReturnType<typeof startEmulator>>;
    let recipe: typeof import('./examples/better-sqlite3.js');

    beforeAll(async () => {
        emulator = await startRecords();
        vi.stubEnv('SQLITE_FILE', join(folder, 'app.db'));
        recipe = await import('./examples/better-sqlite3.js');
        recipe.db.exec('CREATE TABLE issues (connection_id TEXT, id TEXT, title TEXT, PRIMARY KEY (connection_id, id))');
    });
    afterAll(async () => {
        recipe.db.close();
        await emulator.close();
        rmSync(folder, { recursive: true, force: true });
        vi.unstubAllEnvs();
    });

    const titles = async () =>
        (recipe.db.prepare('SELECT title FROM issues ORDER BY id').all() as { title: string }[]).map(({ title }) => title);
    checkRecipe(
        () => ({ ...recipe, titles }),
        () => emulator,
    );

    // libsql keeps the file locked after a statement with RETURNING.
    const real = process.env.BETTER_SQLITE3 !== undefined;
    test.runIf(real)(
        'another process waits its turn (needs better-sqlite3 itself: set BETTER_SQLITE3 to its folder)',
        async () => {
            const other = new Database(join(folder, 'app.db'), { timeout: 0 });
            const elsewhere = sqlCursors({ dialect: 'sqlite', execute: (sql, params) => other.prepare(sql).all(...params) });
            const { nango } = await import('./examples/nango.js');
            await elsewhere.lock.acquire(key, 'another process', 60_000);
            const impatient = { ...recipe.issues, lock: { ...recipe.cursors.lock, wait: 0 } };
            await expect(nango.consumeRecords(key, impatient)).rejects.toMatchObject({ name: 'NangoLockError' });
            await elsewhere.lock.release(key, 'another process');
            // From the begin of a transaction on, not from its first write.
            const beside = recipe.issues.transaction(() => elsewhere.save('c', key).then(() => {}));
            await expect(beside).rejects.toMatchObject({ code: expect.stringContaining('SQLITE_BUSY') });
            const cursor = await recipe.cursors.load(key);
            expect(await elsewhere.save('c', key, undefined, { from: cursor })).toBe(true);
            expect(await recipe.cursors.save(cursor as string, key, undefined, { from: 'c' })).toBe(true);
            other.close();
        },
    );

    test('what is written meanwhile is neither rolled back nor in the way', async () => {
        let go = () => {};
        const paused = new Promise<void>((resolve) => (go = resolve));
        const failed = recipe.issues.transaction(async (db) => {
            db.exec("INSERT INTO issues VALUES ('octo', 'y', 'y')");
            await paused;
            throw new Error('no');
        });
        const written = recipe.exclusively(() => recipe.db.exec("INSERT INTO issues VALUES ('octo', 'z', 'z')"));
        const loaded = recipe.cursors.load(key);
        go();
        await expect(failed).rejects.toThrow('no');
        await written;
        expect(await loaded).toEqual(expect.any(String));
        expect(await titles()).toEqual(['c', 'd', 'e', 'f', 'z']);
    });
});
