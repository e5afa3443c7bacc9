import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { startEmulator } from '@x/emulator';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkRecipe, startRecords } from './support/recipe-checks.js';

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

    test('what is written meanwhile is neither rolled back nor in the way', async () => {
        let go = () => {};
        const paused = new Promise<void>((resolve) => (go = resolve));
        const failed = recipe.issues.transaction(async (db) => {
            db.exec("INSERT INTO issues VALUES ('octo', 'y', 'y')");
            await paused;
            throw new Error('no');
        });
        const written = recipe.exclusively(() => recipe.db.exec("INSERT INTO issues VALUES ('octo', 'z', 'z')"));
        const loaded = recipe.cursors.load({ providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' });
        go();
        await expect(failed).rejects.toThrow('no');
        await written;
        expect(await loaded).toEqual(expect.any(String));
        expect(await titles()).toEqual(['c', 'd', 'e', 'f', 'z']);
    });
});
