import type { startEmulator } from '@x/emulator';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkRecipe, type Recipe, startRecords } from '../support/recipe-checks.js';
import { ownDatabase } from './own-database.js';

const key = { providerConfigKey: 'github', connectionId: 'octo', model: 'Issue' };

/** The recipes of docs/data.md, each with a real PostgreSQL. */
describe.runIf(process.env.DATABASE_URL).each([
    ['pg', () => import('../examples/postgres.js')],
    ['Drizzle', () => import('../examples/drizzle.js')],
])('%s', (name, load: () => Promise<Recipe & { pool: { end(): Promise<void> } }>) => {
    let emulator: Awaited<ReturnType<typeof startEmulator>>;
    let database: Awaited<ReturnType<typeof ownDatabase>>;
    let recipe: Awaited<ReturnType<typeof load>>;
    let client: Client;

    beforeAll(async () => {
        [emulator, database] = await Promise.all([startRecords(), ownDatabase()]);
        vi.stubEnv('DATABASE_URL', database.url);
        vi.resetModules();
        recipe = await load();
        client = new Client({ connectionString: database.url });
        await client.connect();
        await client.query('CREATE TABLE issues (connection_id TEXT, id TEXT, title TEXT, PRIMARY KEY (connection_id, id))');
    });
    afterAll(async () => {
        await Promise.all([recipe.pool.end(), client.end(), emulator.close()]);
        await database.drop();
        vi.unstubAllEnvs();
    });

    const titles = async () =>
        (await client.query<{ title: string }>('SELECT title FROM issues ORDER BY id')).rows.map(({ title }) => title);
    checkRecipe(
        () => ({ ...recipe, titles }),
        () => emulator,
    );

    if (name === 'pg')
        test('a run that finds another at work says so', async () => {
            const { readIssues } = await import('../examples/read-in-a-transaction.js');
            const { cursors, issues } = recipe;
            expect(await readIssues(key)).toBe(true);
            await cursors.lock.acquire(key, 'another process', 60_000);
            Object.assign(issues, { lock: { ...cursors.lock, wait: 0 } });
            expect(await readIssues(key)).toBe(false);
            await cursors.lock.release(key, 'another process');
            Object.assign(issues, { lock: cursors.lock });
            expect(await readIssues(key)).toBe(true);
        });

    test('a session that the server ends within a transaction ends neither the process nor the next run', async () => {
        const { nango } = await import('../examples/nango.js');
        await emulator.control.records({
            provider_config_key: 'github',
            connection_id: 'octo',
            model: 'Issue',
            save: [{ id: 'g', title: 'g' }],
        });
        const before = await titles();
        const { handle } = recipe.issues;
        const ended = {
            ...recipe.issues,
            handle: async (...[batch, tx]: Parameters<typeof handle>) => {
                await handle(batch, tx);
                await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
            },
        };
        await expect(nango.consumeRecords(key, ended)).rejects.toMatchObject({ name: 'NangoBatchError' });
        expect(await titles()).toEqual(before);
        await nango.consumeRecords(key, recipe.issues);
        expect(await titles()).toEqual([...before, 'g']);
    });
});
